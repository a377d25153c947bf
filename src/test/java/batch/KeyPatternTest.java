package batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeyPatternTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = ' ',
      quoteCharacter = '"',
      value = {
        "*.csv a.csv true",
        "*.csv day=1/x/a.csv true",
        "*.csv a.csv.gz false",
        "*.{csv,json}{,.gz} a.json.gz true",
        "*.{csv,json}{,.gz} a.json true",
        "day=*/*.csv day=1/a.csv true",
        "day=*/*.csv day=1/x/a.csv false",
        "day=*/**/*.csv day=1/a.csv true",
        "day=*/**/*.csv day=1/x/y/a.csv true",
        "**/a.csv a.csv true",
        "**/a.csv x/a.csv true",
        "**/a.csv xa.csv false",
        "reports/** reports/2026/a true",
        "reports/** reports false",
        "a?c abc true",
        "x/a?c x/a/c false",
        "part-[0-9][!x].csv part-1y.csv true",
        "part-[0-9][!x].csv part-1x.csv false",
        "\\*[ab-].csv *-.csv true",
        "🌸?.csv 🌸🌸.csv true",
        "A.CSV a.csv false",
      })
  void a_pattern_matches_names_or_paths(String glob, String path, boolean matches) {
    assertThat(new KeyPattern(glob).matches(path)).isEqualTo(matches);
  }

  @Test
  void commas_stand_between_patterns_and_in_braces_within_one() {
    assertThat(KeyPattern.all("*.{csv,tsv}, b/**"))
        .containsExactly(new KeyPattern("*.{csv,tsv}"), new KeyPattern("b/**"));
  }

  @Test
  void no_pattern_and_no_key_takes_long() {
    KeyPattern hostile = new KeyPattern("*a".repeat(40) + "*b");
    assertTimeoutPreemptively(
        Duration.ofSeconds(5), () -> assertThat(hostile.matches("a".repeat(1_024))).isFalse());
    assertThatThrownBy(() -> new KeyPattern("{a,b}".repeat(10)))
        .hasMessageContaining("expands to more than 100 patterns");
  }
}
