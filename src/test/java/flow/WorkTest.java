package flow;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class WorkTest {

  @Test
  void a_look_is_taken_once_however_often_it_was_asked_for() {
    Work work = new Work();
    assertThat(work.takeLookRequest()).isFalse();

    work.lookSoon();
    work.lookSoon();

    assertThat(work.takeLookRequest()).isTrue();
    assertThat(work.takeLookRequest()).isFalse();
  }
}
