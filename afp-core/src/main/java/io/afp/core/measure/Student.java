package io.afp.core.measure;

/** Student's distribution: of a value whose standard deviation a few others have told. */
final class Student {

  private Student() {}

  /**
   * The value that is exceeded as rarely as a normal one exceeds so many standard deviations, by
   * the expansion of Cornish and Fisher (Abramowitz and Stegun 26.7.5). From 8 degrees of freedom
   * it is exact to 0.1 % for up to 4 deviations; for few degrees it is too small, by 3 % at 4.
   *
   * @param normal the number of standard deviations
   * @param freedom degrees of freedom
   */
  static double quantile(double normal, double freedom) {
    double z2 = normal * normal;
    double first = (z2 + 1) * normal / 4;
    double second = ((5 * z2 + 16) * z2 + 3) * normal / 96;
    double third = (((3 * z2 + 19) * z2 + 17) * z2 - 15) * normal / 384;
    double fourth = ((((79 * z2 + 776) * z2 + 1482) * z2 - 1920) * z2 - 945) * normal / 92160;
    return normal + (first + (second + (third + fourth / freedom) / freedom) / freedom) / freedom;
  }
}
