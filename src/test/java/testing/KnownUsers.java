package testing;

import io.quarkus.elytron.security.common.BcryptUtil;
import io.quarkus.test.junit.QuarkusTestProfile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Map;

/**
 * A users file: anna operates, and ben, gina and hugo view by password, robot operates by token,
 * and rasmus' hash is libxcrypt's, so that it is not only our own library that reads what it wrote.
 */
public class KnownUsers implements QuarkusTestProfile {

  /** Anna's, with what a password may have. */
  public static final String ANNAS = "öpen: sesame";

  /** Ben's, Gina's and Hugo's. */
  public static final String BENS = "look";

  /** The robot's. */
  public static final String TOKEN = "6f1ed002ab5595859014ebf0951522d9";

  /** Where it is; processes that test at the same time have one each. */
  public static final Path FILE =
      Path.of("target/known-users-" + ProcessHandle.current().pid()).toAbsolutePath();

  /** What is in it. */
  public static String text() {
    return """
        # who may enter
        anna operator %1$s
        ben viewer %2$s
        gina viewer %2$s
        hugo viewer %2$s
        rasmus viewer $2y$07$BCryptRequires22Chrcte/VlQH0piJtjXl.0t1XkA8pw9dMXTpOq
        robot operator sha256:%3$s
        """
        .formatted(hash(ANNAS), hash(BENS), sha256(TOKEN));
  }

  /** A password as a line has it, with the same salt each time. */
  public static String hash(String password) {
    return BcryptUtil.bcryptHash(password, 4, "0123456789abcdef".getBytes(StandardCharsets.UTF_8));
  }

  /** A token as a line has it. */
  public static String sha256(String token) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public Map<String, String> getConfigOverrides() {
    try {
      Files.writeString(FILE, text());
      FILE.toFile().deleteOnExit();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Map.of("service.users-file", FILE.toString());
  }
}
