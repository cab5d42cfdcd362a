package dev.tokenbroker.compat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * The token that an app hands to its driver (SQL_COPT_SS_ACCESS_TOKEN in ODBC) goes with the login
 * itself. The offsets are those of LOGIN7 and of its feature extension FEDAUTH in MS-TDS.
 */
final class TdsLogin {

  private static final int OPTION_FLAGS_3 = 27;
  private static final int EXTENSION_USED = 0x10;
  private static final int EXTENSION_OFFSET = 56;

  private static final int FEDAUTH = 0x02;
  private static final int TERMINATOR = 0xff;
  private static final int SECURITY_TOKEN = 0x01;

  private TdsLogin() {}

  /** Nothing if the driver means to get a token itself, once the server has said for what. */
  static Optional<String> token(byte[] login) {
    ByteBuffer bytes = ByteBuffer.wrap(login).order(ByteOrder.LITTLE_ENDIAN);
    if ((bytes.get(OPTION_FLAGS_3) & EXTENSION_USED) == 0) {
      return Optional.empty();
    }
    bytes.position(bytes.getInt(Short.toUnsignedInt(bytes.getShort(EXTENSION_OFFSET))));
    for (int id = bytes.get() & 0xff; id != TERMINATOR; id = bytes.get() & 0xff) {
      int end = bytes.getInt() + bytes.position();
      // The lowest bit echoes what the server said in PRELOGIN.
      if (id == FEDAUTH && bytes.get() >> 1 == SECURITY_TOKEN) {
        byte[] token = new byte[bytes.getInt()];
        bytes.get(token);
        return Optional.of(new String(token, StandardCharsets.UTF_16LE));
      }
      bytes.position(end);
    }
    return Optional.empty();
  }
}
