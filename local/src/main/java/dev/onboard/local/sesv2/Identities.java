package dev.onboard.local.sesv2;

import dev.onboard.local.store.Tx;
import dev.onboard.local.wire.SdkJson;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sesv2.model.BehaviorOnMxFailure;
import software.amazon.awssdk.services.sesv2.model.CreateEmailIdentityRequest;
import software.amazon.awssdk.services.sesv2.model.DkimAttributes;
import software.amazon.awssdk.services.sesv2.model.DkimSigningAttributesOrigin;
import software.amazon.awssdk.services.sesv2.model.DkimStatus;
import software.amazon.awssdk.services.sesv2.model.GetEmailIdentityResponse;
import software.amazon.awssdk.services.sesv2.model.IdentityInfo;
import software.amazon.awssdk.services.sesv2.model.IdentityType;
import software.amazon.awssdk.services.sesv2.model.VerificationStatus;

/**
 * Who may be the sender of a mail. Nobody could click a link or publish a DNS record for this
 * runtime, so an identity is verified as soon as it is made.
 */
final class Identities {
  private static final Pattern DOMAIN =
      Pattern.compile("([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\\.)+[a-z0-9-]{2,63}");

  GetEmailIdentityResponse create(Tx tx, CreateEmailIdentityRequest request) {
    String name = key(request.emailIdentity());
    boolean address = name.contains("@");
    checkName(name, address);
    SesErrors.refuse(
        "CreateEmailIdentity", "DkimSigningAttributes", request.dkimSigningAttributes());
    if (find(tx, name).isPresent()) {
      throw SesErrors.exists("Email identity " + request.emailIdentity() + " already exist.");
    }
    GetEmailIdentityResponse identity =
        GetEmailIdentityResponse.builder()
            .identityType(address ? IdentityType.EMAIL_ADDRESS : IdentityType.DOMAIN)
            .feedbackForwardingStatus(true)
            .verifiedForSendingStatus(true)
            .verificationStatus(VerificationStatus.SUCCESS)
            .dkimAttributes(address ? addressDkim() : domainDkim(name))
            .mailFromAttributes(b -> b.behaviorOnMxFailure(BehaviorOnMxFailure.USE_DEFAULT_VALUE))
            .configurationSetName(request.configurationSetName())
            .tags(request.tags())
            .build();
    tx.update("INSERT INTO ses_identity VALUES (?, ?)", name, SdkJson.write(identity));
    return identity;
  }

  private static void checkName(String name, boolean address) {
    if (address) {
      Addresses.check(name);
    } else if (!DOMAIN.matcher(name).matches()) {
      throw SesErrors.badRequest("Invalid domain name <" + name + ">.");
    }
  }

  private static DkimAttributes addressDkim() {
    return DkimAttributes.builder()
        .signingEnabled(false)
        .status(DkimStatus.NOT_STARTED)
        .signingAttributesOrigin(DkimSigningAttributesOrigin.AWS_SES)
        .build();
  }

  private static DkimAttributes domainDkim(String domain) {
    var tokens = new ArrayList<String>();
    for (int i = 0; i < 3; i++) {
      String seed = UUID.nameUUIDFromBytes((domain + i).getBytes()).toString().replace("-", "");
      tokens.add(seed);
    }
    return DkimAttributes.builder()
        .signingEnabled(true)
        .status(DkimStatus.SUCCESS)
        .tokens(tokens)
        .signingAttributesOrigin(DkimSigningAttributesOrigin.AWS_SES)
        .build();
  }

  GetEmailIdentityResponse get(Tx tx, String name) {
    return find(tx, key(name))
        .orElseThrow(() -> SesErrors.notFound("Email identity " + name + " does not exist."));
  }

  private static Optional<GetEmailIdentityResponse> find(Tx tx, String key) {
    return tx.first(
        "SELECT value FROM ses_identity WHERE name = ?",
        r -> SdkJson.read(GetEmailIdentityResponse.class, r.string(1)),
        key);
  }

  void change(Tx tx, String name, UnaryOperator<GetEmailIdentityResponse.Builder> change) {
    GetEmailIdentityResponse changed = change.apply(get(tx, name).toBuilder()).build();
    tx.update(
        "UPDATE ses_identity SET value = ? WHERE name = ?", SdkJson.write(changed), key(name));
  }

  void delete(Tx tx, String name) {
    if (tx.update("DELETE FROM ses_identity WHERE name = ?", key(name)) == 0) {
      throw SesErrors.notFound("Email identity " + name + " does not exist.");
    }
  }

  List<IdentityInfo> list(Tx tx, Page page) {
    return tx.list(
        "SELECT name, value FROM ses_identity WHERE name > ? ORDER BY name LIMIT ?",
        r -> info(r.string(1), SdkJson.read(GetEmailIdentityResponse.class, r.string(2))),
        page.after(),
        page.size() + 1);
  }

  private static IdentityInfo info(String name, GetEmailIdentityResponse identity) {
    return IdentityInfo.builder()
        .identityName(name)
        .identityType(identity.identityType())
        .sendingEnabled(true)
        .verificationStatus(identity.verificationStatus())
        .build();
  }

  /**
   * The identity in whose name an address sends: itself, its domain or a domain above.
   *
   * @param identity its name in the store
   */
  record Sender(String identity, @Nullable String configurationSet) {}

  Optional<Sender> sender(Tx tx, String address) {
    String key = key(address);
    Optional<Sender> own = senderNamed(tx, key);
    String domain = key.substring(key.indexOf('@') + 1);
    while (own.isEmpty() && domain.contains(".")) {
      own = senderNamed(tx, domain);
      domain = domain.substring(domain.indexOf('.') + 1);
    }
    return own;
  }

  private static Optional<Sender> senderNamed(Tx tx, String key) {
    return tx.first(
        "SELECT value ->> 'ConfigurationSetName' FROM ses_identity WHERE name = ?",
        r -> new Sender(key, r.stringOrNull(1)),
        key);
  }

  private static String key(@Nullable String name) {
    if (name == null || name.isEmpty()) {
      throw SesErrors.badRequest("The email identity must be specified.");
    }
    return name.toLowerCase(Locale.ROOT);
  }
}
