package dev.onboard.local.schemas.binding;

/** The class of a binding that reads and writes its records, with AWS's own methods. */
final class Marshaller {
  private static final String EVENT =
      """

        /** Reads an event whose detail is of a type. */
        public static <T> AWSEvent<T> unmarshalEvent(InputStream input, Class<T> type)
            throws IOException {
          return MAPPER.readValue(
              input, MAPPER.getTypeFactory().constructParametricType(AWSEvent.class, type));
        }
      """;

  private Marshaller() {}

  static String source(String packageName, String type, boolean event) {
    return """
    package %s.marshaller;

    import com.fasterxml.jackson.databind.DeserializationFeature;
    import com.fasterxml.jackson.databind.ObjectMapper;
    import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
    import java.io.IOException;
    import java.io.InputStream;
    import java.io.OutputStream;
    %s
    /** Reads and writes events of this schema. */
    public final class Marshaller {
      private static final ObjectMapper MAPPER =
          new ObjectMapper()
              .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
              .configure(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES, false);

      private Marshaller() {}

      /** Writes a value as JSON. */
      public static void marshal(OutputStream output, Object value) throws IOException {
        MAPPER.writeValue(output, value);
      }

      /** Reads a value of a type, such as {@link %s}. */
      public static <T> T unmarshal(InputStream input, Class<T> type) throws IOException {
        return MAPPER.readValue(input, type);
      }
    %s}
    """
        .formatted(
            packageName,
            event ? "import " + packageName + ".AWSEvent;\n" : "",
            packageName + '.' + type,
            event ? EVENT : "");
  }
}
