package dev.onboard.local.iam;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.onboard.local.Rooms;
import dev.onboard.local.call.Environment;
import dev.onboard.local.call.Principal;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.DeleteConflictException;
import software.amazon.awssdk.services.iam.model.EntityAlreadyExistsException;
import software.amazon.awssdk.services.iam.model.MalformedPolicyDocumentException;
import software.amazon.awssdk.services.iam.model.NoSuchEntityException;
import software.amazon.awssdk.services.sts.StsClient;

class LocalIamTest {
  private static final String TRUST =
      "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":"
          + "{\"Service\":\"lambda.amazonaws.com\"},\"Action\":\"sts:AssumeRole\"}]}";
  private static final String ALLOW =
      "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"s3:*\","
          + "\"Resource\":\"*\"}]}";
  private static final String BASIC =
      "arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole";

  @TempDir Path folder;
  private final AtomicReference<Environment> environment = new AtomicReference<>();
  private Rooms rooms;
  private IamClient iam;
  private StsClient sts;
  private Credentials credentials;

  @BeforeEach
  void open() {
    rooms =
        Rooms.open(
            folder,
            env -> {
              environment.set(env);
              return List.of(new LocalIam(env), new LocalSts(env));
            });
    iam = rooms.client(IamClient.class);
    sts = rooms.client(StsClient.class);
    credentials = new Credentials(environment.get());
  }

  @AfterEach
  void close() {
    rooms.close();
  }

  @Test
  void role_isKeptWithItsPolicies() {
    var role =
        iam.createRole(b ->
                b.roleName("r")
                    .path("/team/")
                    .assumeRolePolicyDocument(TRUST)
                    .description("d")
                    .tags(t -> t.key("k").value("v")))
            .role();
    assertThat(role.arn()).isEqualTo("arn:aws:iam::000000000000:role/team/r");
    assertThat(role.roleId()).matches("AROA[A-Z2-7]{17}");
    iam.putRolePolicy(b -> b.roleName("r").policyName("p").policyDocument(ALLOW));
    iam.attachRolePolicy(b -> b.roleName("r").policyArn(BASIC));
    rooms.close();
    open();
    var read = iam.getRole(b -> b.roleName("r")).role();
    assertThat(decoded(read.assumeRolePolicyDocument())).isEqualTo(TRUST);
    assertThat(read.maxSessionDuration()).isEqualTo(3600);
    assertThat(read.tags()).hasSize(1);
    assertThat(decoded(iam.getRolePolicy(b -> b.roleName("r").policyName("p")).policyDocument()))
        .isEqualTo(ALLOW);
    assertThat(iam.listRolePolicies(b -> b.roleName("r")).policyNames()).containsExactly("p");
    assertThat(iam.listAttachedRolePolicies(b -> b.roleName("r")).attachedPolicies())
        .extracting(p -> p.policyName())
        .containsExactly("AWSLambdaBasicExecutionRole");
    assertThatThrownBy(() -> iam.deleteRole(b -> b.roleName("r")))
        .isInstanceOf(DeleteConflictException.class)
        .hasMessageContaining("must detach all policies first");
    iam.detachRolePolicy(b -> b.roleName("r").policyArn(BASIC));
    assertThatThrownBy(() -> iam.deleteRole(b -> b.roleName("r")))
        .hasMessageContaining("must delete policies first");
    iam.deleteRolePolicy(b -> b.roleName("r").policyName("p"));
    iam.deleteRole(b -> b.roleName("r"));
    assertThatThrownBy(() -> iam.getRole(b -> b.roleName("r")))
        .isInstanceOf(NoSuchEntityException.class)
        .hasMessageContaining("The role with name r cannot be found.");
  }

  @Test
  void documents_areChecked() {
    assertThatThrownBy(() -> iam.createRole(b -> b.roleName("r").assumeRolePolicyDocument("{nope")))
        .isInstanceOf(MalformedPolicyDocumentException.class);
    assertThatThrownBy(() -> iam.createRole(b -> b.roleName("r").assumeRolePolicyDocument(ALLOW)))
        .hasMessageContaining("Has prohibited field Resource");
    assertThatThrownBy(() -> iam.createPolicy(b -> b.policyName("p").policyDocument(TRUST)))
        .hasMessageContaining("Policy document should not specify a principal.");
    iam.createRole(b -> b.roleName("r").assumeRolePolicyDocument(TRUST));
    assertThatThrownBy(() -> iam.createRole(b -> b.roleName("R").assumeRolePolicyDocument(TRUST)))
        .isInstanceOf(EntityAlreadyExistsException.class);
    assertThatThrownBy(() ->
            iam.attachRolePolicy(b -> b.roleName("r").policyArn("arn:aws:iam::aws:policy/Nope")))
        .hasMessageContaining("does not exist or is not attachable.");
    assertThatThrownBy(() -> iam.getRolePolicy(b -> b.roleName("r").policyName("x")))
        .hasMessageContaining("The role policy with name x cannot be found.");
  }

  @Test
  void managedPolicy_hasVersions() {
    String arn = iam.createPolicy(b -> b.policyName("p").policyDocument(ALLOW)).policy().arn();
    for (int i = 2; i <= 5; i++) {
      iam.createPolicyVersion(b -> b.policyArn(arn).policyDocument(ALLOW).setAsDefault(true));
    }
    assertThatThrownBy(() -> iam.createPolicyVersion(b -> b.policyArn(arn).policyDocument(ALLOW)))
        .hasMessageContaining("up to 5 versions");
    assertThat(iam.getPolicy(b -> b.policyArn(arn)).policy().defaultVersionId()).isEqualTo("v5");
    iam.deletePolicyVersion(b -> b.policyArn(arn).versionId("v1"));
    assertThat(iam.listPolicyVersions(b -> b.policyArn(arn)).versions())
        .extracting(v -> v.versionId())
        .containsExactly("v5", "v4", "v3", "v2");
    assertThat(
            decoded(
                iam.getPolicyVersion(b -> b.policyArn(BASIC).versionId("v1"))
                    .policyVersion()
                    .document()))
        .contains("logs:PutLogEvents");
  }

  @Test
  void keys_belongToTheirUsers() {
    assertThat(credentials.principalOf("test", null).arn())
        .isEqualTo("arn:aws:iam::000000000000:user/administrator");
    iam.createUser(b -> b.userName("ann"));
    var key = iam.createAccessKey(b -> b.userName("ann")).accessKey();
    assertThat(credentials.principalOf(key.accessKeyId(), null))
        .isEqualTo(new Principal.User("000000000000", "ann"));
    iam.updateAccessKey(b -> b.userName("ann").accessKeyId(key.accessKeyId()).status("Inactive"));
    assertThat(code(key.accessKeyId(), null)).isEqualTo("InvalidClientTokenId");
    assertThat(code("AKIANOBODY", null)).isEqualTo("InvalidClientTokenId");
    assertThat(sts.getCallerIdentity(b -> {}).arn())
        .isEqualTo("arn:aws:iam::000000000000:user/administrator");
  }

  @Test
  void assumedRole_isASessionThatExpires() {
    iam.createRole(b -> b.roleName("r").assumeRolePolicyDocument(TRUST));
    String arn = "arn:aws:iam::000000000000:role/r";
    var assumed = sts.assumeRole(b -> b.roleArn(arn).roleSessionName("me"));
    assertThat(assumed.assumedRoleUser().arn())
        .isEqualTo("arn:aws:sts::000000000000:assumed-role/r/me");
    var keys = assumed.credentials();
    assertThat(keys.accessKeyId()).startsWith("ASIA");
    Principal session = credentials.principalOf(keys.accessKeyId(), keys.sessionToken());
    assertThat(session).isEqualTo(new Principal.RoleSession(arn, "me"));
    assertThat(rooms.client(StsClient.class, session).getCallerIdentity(b -> {}).userId())
        .matches("AROA[A-Z2-7]{17}:me");
    assertThat(code(keys.accessKeyId(), "another")).isEqualTo("InvalidClientTokenId");
    rooms.clock.advance(Duration.ofHours(1));
    assertThat(code(keys.accessKeyId(), keys.sessionToken())).isEqualTo("ExpiredToken");
    assertThatThrownBy(
            () -> sts.assumeRole(b -> b.roleArn(arn).roleSessionName("me").durationSeconds(7200)))
        .hasMessageContaining("exceeds the MaxSessionDuration");
    var service = rooms.client(StsClient.class, new Principal.Service("lambda.amazonaws.com"));
    assertThat(
            service
                .assumeRole(b -> b.roleArn(arn).roleSessionName("me").durationSeconds(43200))
                .credentials())
        .isNotNull();
    assertThatThrownBy(() ->
            sts.assumeRole(
                b -> b.roleArn("arn:aws:iam::000000000000:role/x").roleSessionName("me")))
        .hasMessageContaining("is not authorized to perform: sts:AssumeRole on resource");
  }

  @Test
  void lists_arePaged() {
    for (int i = 0; i < 5; i++) {
      String name = "r" + i;
      iam.createRole(b -> b.roleName(name).assumeRolePolicyDocument(TRUST));
    }
    var page = iam.listRoles(b -> b.maxItems(3));
    assertThat(page.isTruncated()).isTrue();
    assertThat(iam.listRoles(b -> b.maxItems(3).marker(page.marker())).roles())
        .extracting(r -> r.roleName())
        .containsExactly("r3", "r4");
  }

  private String code(String key, String token) {
    try {
      credentials.principalOf(key, token);
      return "";
    } catch (AwsServiceException e) {
      return e.awsErrorDetails().errorCode();
    }
  }

  private static String decoded(String document) {
    return URLDecoder.decode(document, StandardCharsets.UTF_8);
  }
}
