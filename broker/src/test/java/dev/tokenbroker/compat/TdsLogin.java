package dev.tokenbroker.compat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** LOGIN7 (MS-TDS 2.2.6.4), as far as it carries a token. */
final class TdsLogin {

  private static final int EXTENSION = 56;
  private static final int FEDAUTH = 0x02;
  private static final int LIBRARY_SECURITY_TOKEN = 0x01;
  private static final int END = 0xff;

  private TdsLogin() {}

  /** The token of a client that had it before it logged in; others wait to be asked for it. */
  static Optional<String> token(byte[] login) {
    ByteBuffer buffer = ByteBuffer.wrap(login).order(ByteOrder.LITTLE_ENDIAN);
    int at = buffer.getInt(buffer.getShort(EXTENSION) & 0xffff);
    while ((buffer.get(at) & 0xff) != END) {
      int data = at + 5;
      if (buffer.get(at) == FEDAUTH) {
        boolean here = (buffer.get(data) & 0xff) >> 1 == LIBRARY_SECURITY_TOKEN;
        return here ? Optional.of(counted(login, data + 1)) : Optional.empty();
      }
      at = data + buffer.getInt(at + 1);
    }
    throw new IllegalArgumentException("the login asks for no federated authentication");
  }

  /** A text behind its length in bytes. */
  static String counted(byte[] bytes, int at) {
    int length = TdsReplies.littleEndian(bytes, at);
    return new String(bytes, at + 4, length, StandardCharsets.UTF_16LE);
  }
}
