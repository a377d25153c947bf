package web;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import security.Caller;
import security.RefusalPage;

/** Shows people why the door does not let their request in. */
@ApplicationScoped
class RefusedPage implements RefusalPage {

  private final Frame frame;

  RefusedPage(Frame frame) {
    this.frame = frame;
  }

  @Override
  public String html(int status, String sentence, Optional<Caller> caller) {
    return frame.text(ErrorPage.of(status, sentence), caller);
  }
}
