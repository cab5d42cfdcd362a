package dev.tokenbroker.compat;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** Messages in packets: type, status, length, channel, number, window; then the payload. */
final class TdsStream {

  private static final int HEADER = 8;
  private static final int END_OF_MESSAGE = 0x01;
  private static final int TABULAR_RESULT = 0x04;

  private final DataInputStream in;
  private final OutputStream out;

  TdsStream(InputStream in, OutputStream out) {
    this.in = new DataInputStream(in);
    this.out = out;
  }

  /** The payload of the next message, which must be of this type. */
  byte[] read(int type) throws IOException {
    ByteArrayOutputStream message = new ByteArrayOutputStream();
    boolean last = false;
    while (!last) {
      int found = in.readUnsignedByte();
      if (found != type) {
        throw new IOException("a message of type " + found + " instead of " + type);
      }
      last = (in.readUnsignedByte() & END_OF_MESSAGE) != 0;
      int length = in.readUnsignedShort();
      in.skipNBytes(4);
      message.write(in.readNBytes(length - HEADER));
    }
    return message.toByteArray();
  }

  /** An answer, in one packet. */
  void write(byte[] payload) throws IOException {
    out.write(packet(TABULAR_RESULT, payload, payload.length));
    out.flush();
  }

  static byte[] packet(int type, byte[] payload, int size) {
    int length = HEADER + size;
    byte[] packet = new byte[length];
    packet[0] = (byte) type;
    packet[1] = END_OF_MESSAGE;
    packet[2] = (byte) (length >> 8);
    packet[3] = (byte) length;
    packet[6] = 1;
    System.arraycopy(payload, 0, packet, HEADER, size);
    return packet;
  }
}
