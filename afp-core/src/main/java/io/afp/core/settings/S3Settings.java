package io.afp.core.settings;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * How S3, or a store that speaks like it, is reached. What is empty is found by the SDKs of AWS.
 *
 * @param endpoint the address of the store; empty means that of AWS
 * @param pathStyle whether the bucket stands in the path of an address and not in its host
 * @param keys empty means the chain of AWS: environment, profile, role
 */
public record S3Settings(
    Optional<String> endpoint, Optional<String> region, boolean pathStyle, Optional<Keys> keys) {

  private static final Pattern ADDRESS = Pattern.compile("s3[an]?://.*");

  /**
   * An account of the store.
   *
   * @param token what temporary keys have beside
   */
  public record Keys(Secret access, Secret secret, Optional<Secret> token) {}

  /** Whether an address lies in such a store. */
  public static boolean isAddress(String uri) {
    return ADDRESS.matcher(uri).matches();
  }

  @Override
  public String toString() {
    return "S3Settings[endpoint=%s, region=%s, pathStyle=%s, keys=%s]"
        .formatted(endpoint.map(Addresses::shown), region, pathStyle, keys);
  }
}
