package security;

import java.util.Optional;

/** Shows people why their request is not let in. The door knows no page, so the pages bring it. */
public interface RefusalPage {

  /**
   * The page, as HTML; it is made before anything is asked of the service, and must not block.
   *
   * @param status HTTP's
   * @param sentence why, and the way out
   * @param caller who has signed in, if someone has
   */
  String html(int status, String sentence, Optional<Caller> caller);
}
