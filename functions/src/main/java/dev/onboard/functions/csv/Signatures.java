package dev.onboard.functions.csv;

/** The first bytes by which a file that is no UTF-8 text gives itself away. */
final class Signatures {

  private Signatures() {}

  static boolean hasByteOrderMark(byte[] start) {
    return startsWith(start, 0xEF, 0xBB, 0xBF);
  }

  static void refuse(byte[] start) {
    if (start.length == 0) {
      throw new UploadRejectedException("The file is empty.");
    }
    if (startsWith(start, 0xFF, 0xFE) || startsWith(start, 0xFE, 0xFF) || looksLikeUtf16(start)) {
      throw new UploadRejectedException("The file is in UTF-16; save it as CSV UTF-8.");
    }
    if (startsWith(start, 'P', 'K', 3, 4)) {
      throw new UploadRejectedException(
          "The file is an Excel workbook or another ZIP archive; save the sheet as CSV UTF-8.");
    }
    if (startsWith(start, 0xD0, 0xCF, 0x11, 0xE0)) {
      throw new UploadRejectedException(
          "The file is an old Excel workbook; save the sheet as CSV UTF-8.");
    }
    if (startsWith(start, 0x1F, 0x8B)) {
      throw new UploadRejectedException(
          "The file is compressed with gzip; unpack it and upload the CSV file itself.");
    }
    if (startsWith(start, '%', 'P', 'D', 'F')) {
      throw new UploadRejectedException("The file is a PDF; a CSV file in UTF-8 is needed.");
    }
  }

  private static boolean looksLikeUtf16(byte[] start) {
    return start.length >= 2 && (start[0] == 0 ^ start[1] == 0);
  }

  private static boolean startsWith(byte[] start, int... signature) {
    if (start.length < signature.length) {
      return false;
    }
    for (int i = 0; i < signature.length; i++) {
      if ((start[i] & 0xFF) != signature[i]) {
        return false;
      }
    }
    return true;
  }
}
