package dev.tokenbroker.compat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** What the listener answers. */
final class TdsReplies {

  private static final byte VERSION = 0x00;
  private static final byte ENCRYPTION = 0x01;
  private static final byte FEDAUTHREQUIRED = 0x06;
  private static final byte END = (byte) 0xff;
  private static final byte ENCRYPT_ON = 0x01;

  private static final byte FEDAUTHINFO = (byte) 0xee;
  private static final byte STSURL = 0x01;
  private static final byte SPN = 0x02;

  private static final byte ERROR = (byte) 0xaa;
  private static final byte DONE = (byte) 0xfd;

  private TdsReplies() {}

  /** Version 16, encryption from the login on, a federated token wanted. Offsets are big-endian. */
  static byte[] prelogin() {
    int data = 3 * 5 + 1;
    return ByteBuffer.allocate(data + 8)
        .put(VERSION)
        .putShort((short) data)
        .putShort((short) 6)
        .put(ENCRYPTION)
        .putShort((short) (data + 6))
        .putShort((short) 1)
        .put(FEDAUTHREQUIRED)
        .putShort((short) (data + 7))
        .putShort((short) 1)
        .put(END)
        .put((byte) 16)
        .put((byte) 0)
        .putShort((short) 1000)
        .putShort((short) 0)
        .put(ENCRYPT_ON)
        .put((byte) 1)
        .array();
  }

  /** Where to get the token, and for what. */
  static byte[] federatedAuthenticationInfo(String stsUrl, String spn) {
    byte[] url = stsUrl.getBytes(StandardCharsets.UTF_16LE);
    byte[] name = spn.getBytes(StandardCharsets.UTF_16LE);
    int data = 4 + 2 * 9;
    return ByteBuffer.allocate(5 + data + url.length + name.length)
        .order(ByteOrder.LITTLE_ENDIAN)
        .put(FEDAUTHINFO)
        .putInt(data + url.length + name.length)
        .putInt(2)
        .put(STSURL)
        .putInt(url.length)
        .putInt(data)
        .put(SPN)
        .putInt(name.length)
        .putInt(data + url.length)
        .put(url)
        .put(name)
        .array();
  }

  /** Login failed, said in a way that the driver shows. */
  static byte[] refusal(String text) {
    byte[] message = text.getBytes(StandardCharsets.UTF_16LE);
    int body = 4 + 1 + 1 + 2 + message.length + 1 + 1 + 4;
    return ByteBuffer.allocate(3 + body + 13)
        .order(ByteOrder.LITTLE_ENDIAN)
        .put(ERROR)
        .putShort((short) body)
        .putInt(18456)
        .put((byte) 1)
        .put((byte) 14)
        .putShort((short) text.length())
        .put(message)
        .put((byte) 0)
        .put((byte) 0)
        .putInt(1)
        .put(DONE)
        .putShort((short) 2)
        .putShort((short) 0)
        .putLong(0)
        .array();
  }

  static int littleEndian(byte[] bytes, int offset) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getInt(offset);
  }
}
