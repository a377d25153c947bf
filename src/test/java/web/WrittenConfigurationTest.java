package web;

import static org.assertj.core.api.Assertions.assertThat;

import api.SettingView;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import web.WrittenConfiguration.Group;
import web.WrittenConfiguration.Line;

class WrittenConfigurationTest {

  @Test
  void what_is_set_comes_by_its_source_and_defaults_come_apart() {
    WrittenConfiguration written =
        WrittenConfiguration.of(
            "sales",
            List.of(
                new SettingView(
                    "pipelines.sales.landing.bucket", "in", Optional.of("a.properties")),
                new SettingView("service.store", "runs.db", Optional.of("a.properties")),
                new SettingView("pipelines.sales.batch.max-bytes", "68719476736", Optional.empty()),
                new SettingView("service.tick", "1s", Optional.empty())));

    assertThat(written.set())
        .containsExactly(
            new Group(
                "a.properties",
                List.of(new Line("landing.bucket", "in"), new Line("service.store", "runs.db"))));
    assertThat(written.defaults())
        .containsExactly(new Line("batch.max-bytes", "68719476736 (64.0 GiB)"));
    assertThat(written.shared()).containsExactly(new Line("service.tick", "1s"));
  }
}
