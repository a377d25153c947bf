package security;

import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.wildfly.security.password.Password;
import org.wildfly.security.password.PasswordFactory;
import org.wildfly.security.password.WildFlyElytronPasswordProvider;
import org.wildfly.security.password.interfaces.BCryptPassword;
import org.wildfly.security.password.util.ModularCrypt;

/**
 * Compares passwords with their bcrypt hashes, which is slow on purpose. So what was right is
 * remembered for some minutes, under a keyed hash of the password that says nothing of it.
 */
@ApplicationScoped
class Passwords {

  private static final Duration REMEMBERED = Duration.ofMinutes(5);
  private static final int MOST_REMEMBERED = 1_000;
  private static final int AT_ONCE = 2;
  private static final Duration PATIENCE = Duration.ofSeconds(3);
  private static final String MAC = "HmacSHA256";

  private final Clock clock;
  private final SecretKeySpec key;
  private final Semaphore places = new Semaphore(AT_ONCE, true);
  private final Map<String, Instant> remembered =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Instant> eldest) {
          return size() > MOST_REMEMBERED;
        }
      };

  Passwords(Clock clock) {
    this.clock = clock;
    byte[] random = new byte[32];
    new SecureRandom().nextBytes(random);
    this.key = new SecretKeySpec(random, MAC);
  }

  /**
   * Whether this password was right for this hash a few minutes ago, from the same address: others
   * must not find out by guessing, which costs nothing here.
   */
  boolean isRemembered(String hash, String password, String address) {
    String code = code(hash, password, address);
    synchronized (remembered) {
      Instant until = remembered.get(code);
      return until != null && clock.instant().isBefore(until);
    }
  }

  /**
   * Whether this password is right. Blocks for as long as bcrypt takes, and for its turn.
   *
   * @param hash as the users file has it
   * @param address where a right password is remembered to come from
   * @return empty if there was no turn within seconds
   */
  Optional<Boolean> isRight(String hash, String password, String address) {
    try {
      if (!places.tryAcquire(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
        return Optional.empty();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
    try {
      boolean isRight = matches(hash, password);
      if (isRight) {
        remember(code(hash, password, address));
      }
      return Optional.of(isRight);
    } finally {
      places.release();
    }
  }

  private void remember(String code) {
    synchronized (remembered) {
      remembered.remove(code);
      remembered.put(code, clock.instant().plus(REMEMBERED));
    }
  }

  private static boolean matches(String hash, String password) {
    try {
      PasswordFactory bcrypt =
          PasswordFactory.getInstance(
              BCryptPassword.ALGORITHM_BCRYPT, WildFlyElytronPasswordProvider.getInstance());
      // Elytron knows the letters a, x and y; b is the same algorithm by OpenBSD's name.
      Password known = ModularCrypt.decode(hash.replaceFirst("^\\$2[ab]\\$", "\\$2y\\$"));
      return bcrypt.verify(bcrypt.translate(known), password.toCharArray());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Cannot compute bcrypt: " + e.getMessage(), e);
    }
  }

  private String code(String hash, String password, String address) {
    try {
      Mac mac = Mac.getInstance(MAC);
      mac.init(key);
      mac.update(hash.getBytes(StandardCharsets.UTF_8));
      mac.update((byte) 0);
      mac.update(address.getBytes(StandardCharsets.UTF_8));
      mac.update((byte) 0);
      return Base64.getEncoder()
          .encodeToString(mac.doFinal(password.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Cannot compute %s: %s".formatted(MAC, e.getMessage()), e);
    }
  }
}
