package web;

import static org.assertj.core.api.Assertions.assertThat;

import api.ApiProfile;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What the page of a plan says. */
@QuarkusTest
@TestProfile(ApiProfile.class)
class PlanPageTest {

  @Test
  void the_further_rungs_are_counted_from_the_second() {
    PlanText plan =
        new PlanText("{}", List.of("{}", "{}"), Optional.empty(), List.of("SELECT 1"), "known");

    assertThat(PipelineTemplates.plan("iris", plan).render())
        .contains("Rung 2 of the capacity ladder", "Rung 3 of the capacity ladder");
  }
}
