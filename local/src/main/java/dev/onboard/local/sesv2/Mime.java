package dev.onboard.local.sesv2;

import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads raw mails (RFC 5322, 2045 to 2047): header fields, and the first text and HTML in them. */
final class Mime {
  private static final Pattern WORD =
      Pattern.compile("=\\?([^?*]+)(?:\\*[^?]*)?\\?([bBqQ])\\?([^?]*)\\?=(\\s+(?==\\?))?");
  private static final Pattern PARAMETER =
      Pattern.compile(";\\s*([^=;\\s]+)\\s*=\\s*(\"([^\"]*)\"|[^;]*)");
  private static final int DEPTH = 20;

  private @Nullable String text;
  private @Nullable String html;

  private Mime() {}

  /** The letter in the bytes of a mail. */
  static Letter parse(byte[] raw) {
    // Every byte is one character here; what it means is decided part by part.
    String mail = new String(raw, StandardCharsets.ISO_8859_1).replace("\r\n", "\n");
    var mime = new Mime();
    Part whole = Part.of(mail);
    mime.read(whole, 0);
    return new Letter(
        decodeWords(whole.header("Subject", "")), mime.text, mime.html, whole.decodedHeaders());
  }

  private record Part(List<Header> headers, String body) {
    static Part of(String source) {
      var headers = new ArrayList<Header>();
      int at = 0;
      while (at < source.length()) {
        int end = source.indexOf('\n', at);
        end = end < 0 ? source.length() : end;
        String line = source.substring(at, end);
        at = Math.min(end + 1, source.length());
        if (line.isEmpty()) {
          break;
        }
        int colon = line.indexOf(':');
        if ((line.startsWith(" ") || line.startsWith("\t")) && !headers.isEmpty()) {
          Header folded = headers.removeLast();
          headers.add(new Header(folded.name(), folded.value() + " " + line.trim()));
        } else if (colon > 0) {
          headers.add(new Header(line.substring(0, colon), line.substring(colon + 1).trim()));
        } else {
          throw SesErrors.badRequest("Invalid header line in the raw message: " + line);
        }
      }
      return new Part(headers, source.substring(at));
    }

    String header(String name, String otherwise) {
      return headers.stream()
          .filter(h -> h.name().equalsIgnoreCase(name))
          .map(Header::value)
          .findFirst()
          .orElse(otherwise);
    }

    List<Header> decodedHeaders() {
      return headers.stream().map(h -> new Header(h.name(), decodeWords(h.value()))).toList();
    }
  }

  private void read(Part part, int depth) {
    if (depth > DEPTH) {
      throw SesErrors.badRequest("The raw message nests its parts too deeply.");
    }
    String type = part.header("Content-Type", "text/plain");
    String kind = type.split(";", 2)[0].trim().toLowerCase(Locale.ROOT);
    if (kind.startsWith("multipart/")) {
      String boundary = parameter(type, "boundary");
      if (boundary == null) {
        throw SesErrors.badRequest("The raw message has a multipart without a boundary.");
      }
      parts(part.body(), boundary).forEach(p -> read(Part.of(p), depth + 1));
      return;
    }
    boolean attached =
        part.header("Content-Disposition", "").toLowerCase(Locale.ROOT).startsWith("attachment");
    if (attached) {
      return;
    }
    if (kind.equals("text/plain") && text == null) {
      text = content(part, type);
    } else if (kind.equals("text/html") && html == null) {
      html = content(part, type);
    }
  }

  private static List<String> parts(String body, String boundary) {
    var parts = new ArrayList<String>();
    StringBuilder part = null;
    for (String line : body.split("\n", -1)) {
      String stripped = line.stripTrailing();
      if (stripped.equals("--" + boundary) || stripped.equals("--" + boundary + "--")) {
        if (part != null) {
          parts.add(part.isEmpty() ? "" : part.substring(0, part.length() - 1));
        }
        part = stripped.endsWith(boundary) ? new StringBuilder() : null;
      } else if (part != null) {
        part.append(line).append('\n');
      }
    }
    return parts;
  }

  private static String content(Part part, String type) {
    byte[] bytes =
        switch (part.header("Content-Transfer-Encoding", "7bit").toLowerCase(Locale.ROOT)) {
          case "base64" -> Base64.getMimeDecoder().decode(part.body());
          case "quoted-printable" -> quotedPrintable(part.body(), false);
          default -> part.body().getBytes(StandardCharsets.ISO_8859_1);
        };
    return new String(bytes, charset(parameter(type, "charset")));
  }

  private static @Nullable String parameter(String type, String name) {
    Matcher matcher = PARAMETER.matcher(type);
    while (matcher.find()) {
      if (matcher.group(1).equalsIgnoreCase(name)) {
        return matcher.group(3) == null ? matcher.group(2).trim() : matcher.group(3);
      }
    }
    return null;
  }

  private static Charset charset(@Nullable String name) {
    try {
      return name == null ? StandardCharsets.UTF_8 : Charset.forName(name);
    } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
      return StandardCharsets.ISO_8859_1;
    }
  }

  private static byte[] quotedPrintable(String text, boolean inHeader) {
    var out = new ByteArrayOutputStream(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '=' && text.startsWith("\n", i + 1)) {
        i++;
      } else if (c == '=' && i + 2 < text.length() + 0 && isHex(text, i + 1)) {
        out.write(Integer.parseInt(text.substring(i + 1, i + 3), 16));
        i += 2;
      } else {
        out.write(inHeader && c == '_' ? ' ' : c);
      }
    }
    return out.toByteArray();
  }

  private static boolean isHex(String text, int at) {
    return at + 2 <= text.length() && text.substring(at, at + 2).matches("[0-9A-Fa-f]{2}");
  }

  /** A header's value with its encoded words read. */
  static String decodeWords(String value) {
    return WORD.matcher(
            new String(value.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8))
        .replaceAll(m -> {
          byte[] bytes =
              m.group(2).equalsIgnoreCase("b")
                  ? Base64.getMimeDecoder().decode(m.group(3))
                  : quotedPrintable(m.group(3), true);
          return Matcher.quoteReplacement(new String(bytes, charset(m.group(1))));
        });
  }
}
