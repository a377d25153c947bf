package security;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Who may enter, and what shows that they are who they say.
 *
 * @param usersFile there for {@link Access#USERS} only
 * @param certificates whether clients show certificates, whose subjects the users file has
 */
public record AccessSettings(
    Access access, Optional<Path> usersFile, ClientCertificates certificates) {

  /** Whether a caller must have signed in. */
  public boolean isClosed() {
    return access == Access.USERS || access == Access.OPENID;
  }
}
