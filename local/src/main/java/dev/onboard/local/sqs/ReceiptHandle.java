package dev.onboard.local.sqs;

import java.nio.ByteBuffer;
import java.util.Base64;

/**
 * What a receiver deletes a message with: it names the queue, the message and the receive, so it
 * ceases to be good once the message is received again.
 */
record ReceiptHandle(long queue, long sequence, long receipt) {
  private static final int MAGIC = 0x0104_4E42;
  private static final int BYTES = 4 + 3 * Long.BYTES;

  String text() {
    byte[] bytes =
        ByteBuffer.allocate(BYTES)
            .putInt(MAGIC)
            .putLong(queue)
            .putLong(sequence)
            .putLong(receipt)
            .array();
    return Base64.getEncoder().encodeToString(bytes);
  }

  /** The handle for a message of that queue, or the error that AWS gives. */
  static ReceiptHandle parse(String text, Queue queue) {
    if (text == null || text.isEmpty()) {
      throw SqsErrors.missingParameter("ReceiptHandle");
    }
    try {
      byte[] bytes = Base64.getDecoder().decode(text);
      ByteBuffer buffer = ByteBuffer.wrap(bytes);
      if (bytes.length == BYTES && buffer.getInt() == MAGIC) {
        var handle = new ReceiptHandle(buffer.getLong(), buffer.getLong(), buffer.getLong());
        if (handle.queue == queue.id()) {
          return handle;
        }
      }
    } catch (IllegalArgumentException notBase64) {
      throw SqsErrors.invalidHandle(text);
    }
    throw SqsErrors.invalidHandle(text);
  }
}
