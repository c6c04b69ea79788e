package io.afp.ingestion.file;

import java.util.Arrays;
import java.util.Random;

/** What may happen to the bytes of a file on its way. */
enum Damage {
  FLIPPED_BIT {
    @Override
    byte[] to(byte[] whole, int place, Random random) {
      byte[] bytes = whole.clone();
      bytes[place] ^= (byte) (1 << random.nextInt(8));
      return bytes;
    }
  },
  WRONG_BYTES {
    @Override
    byte[] to(byte[] whole, int place, Random random) {
      byte[] bytes = whole.clone();
      int end = Math.min(whole.length, place + 1 + random.nextInt(8));
      for (int i = place; i < end; i++) {
        bytes[i] = (byte) random.nextInt();
      }
      return bytes;
    }
  },
  MISSING_BYTES {
    @Override
    byte[] to(byte[] whole, int place, Random random) {
      int end = Math.min(whole.length, place + 1 + random.nextInt(4));
      return joined(whole, place, new byte[0], end);
    }
  },
  MORE_BYTES {
    @Override
    byte[] to(byte[] whole, int place, Random random) {
      byte[] more = new byte[1 + random.nextInt(4)];
      random.nextBytes(more);
      return joined(whole, place, more, place);
    }
  },
  CUT_OFF {
    @Override
    byte[] to(byte[] whole, int place, Random random) {
      return Arrays.copyOf(whole, place);
    }
  };

  /** The bytes, damaged at a place. */
  abstract byte[] to(byte[] whole, int place, Random random);

  private static byte[] joined(byte[] whole, int start, byte[] between, int rest) {
    byte[] all = Arrays.copyOf(whole, start + between.length + whole.length - rest);
    System.arraycopy(between, 0, all, start, between.length);
    System.arraycopy(whole, rest, all, start + between.length, whole.length - rest);
    return all;
  }
}
