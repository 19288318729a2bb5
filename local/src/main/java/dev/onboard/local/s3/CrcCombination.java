package dev.onboard.local.s3;

/**
 * The arithmetic by which the CRC of two pieces follows from the CRC of each: the first is shifted
 * by the length of the second, which is a multiplication of polynomials over GF(2).
 *
 * @param bits the width
 * @param polynomial with its bits reflected, as are all values here
 */
record CrcCombination(int bits, long polynomial) {

  long combine(long first, long second, long secondLength) {
    return multiply(xToThe(secondLength), first) ^ second;
  }

  /** x to the power of eight times a length, modulo the polynomial. */
  private long xToThe(long length) {
    long power = 1L << (bits - 2);
    for (int i = 0; i < 3; i++) {
      power = multiply(power, power);
    }
    long result = 1L << (bits - 1);
    for (long n = length; n != 0; n >>>= 1) {
      if ((n & 1) != 0) {
        result = multiply(result, power);
      }
      power = multiply(power, power);
    }
    return result;
  }

  private long multiply(long a, long b) {
    long product = 0;
    long factor = b;
    for (long bit = 1L << (bits - 1); bit != 0; bit >>>= 1) {
      if ((a & bit) != 0) {
        product ^= factor;
      }
      factor = (factor & 1) != 0 ? factor >>> 1 ^ polynomial : factor >>> 1;
    }
    return product;
  }
}
