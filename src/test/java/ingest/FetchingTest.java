package ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import run.Upload;

/** An object comes whole, whatever happens on its way. */
class FetchingTest extends FetchingCases {

  @ParameterizedTest
  @ValueSource(ints = {0, 1, PART - 1, PART, PART + 1, 2 * PART})
  void an_object_of_any_size_comes_whole(int size) throws IOException {
    source.body = bytes(size);

    assertThat(fetch(plain()))
        .hasValueSatisfying(fetched -> assertThat(fetched.size()).isEqualTo(size));

    assertThat(stored()).isEqualTo(source.body);
    assertNoUploadIsLeft();
  }

  @Test
  void what_comes_in_chunks_without_a_length_comes_whole() throws IOException {
    source.sendsChunks = true;

    fetch(plain());

    assertThat(stored()).isEqualTo(BIG);
  }

  @Test
  void a_connection_that_breaks_after_a_part_continues_at_once_where_it_was() throws IOException {
    source.breaks.add(PART + MARGIN);

    fetch(withHash(BIG));

    assertThat(stored()).isEqualTo(BIG);
    assertThat(source.asked).containsExactly("all", "bytes=%d-".formatted(PART));
  }

  @Test
  void without_progress_it_is_left_to_the_next_call_which_continues() throws IOException {
    source.breaks.add(PART + MARGIN);
    source.breaks.add(1_000_000);

    assertThatThrownBy(() -> fetch(withHash(BIG))).isInstanceOf(IOException.class);
    assertThat(noted.upload.flatMap(Upload::validator)).contains("\"first\"");
    fetch(withHash(BIG));

    assertThat(stored()).isEqualTo(BIG);
    assertThat(source.asked)
        .containsExactly("all", "bytes=%d-".formatted(PART), "bytes=%d-".formatted(PART));
  }

  @Test
  void after_a_restart_it_continues_with_the_parts_that_s3_has() throws IOException {
    breakOffAfterOnePart(plain());
    fetching = new Fetching(withChecksums(), new Source(), PART);

    fetch(plain());

    assertThat(stored()).isEqualTo(BIG);
    assertThat(source.asked).last().isEqualTo("bytes=%d-".formatted(PART));
  }

  @Test
  void after_a_restart_a_hash_is_compared_over_what_is_read_anew() throws IOException {
    breakOffAfterOnePart(withHash(BIG));
    fetching = process();

    fetch(withHash(BIG));

    assertThat(stored()).isEqualTo(BIG);
    assertThat(source.asked).last().isEqualTo("all");
  }

  @Test
  void a_restart_between_the_object_s_completion_and_its_being_known_finds_it() throws IOException {
    breakOffAfterOnePart(plain());
    fetch(plain());
    int requests = source.asked.size();
    fetching = process();

    assertThat(fetch(plain())).isPresent();
    assertThat(source.asked).hasSize(requests);
  }

  @Test
  void a_source_that_ignores_ranges_starts_over() throws IOException {
    source.knowsRanges = false;
    source.breaks.add(PART + MARGIN);

    fetch(withHash(BIG));

    assertThat(stored()).isEqualTo(BIG);
    assertNoUploadIsLeft();
  }

  @Test
  void another_version_starts_over_even_where_it_is_smaller() throws IOException {
    breakOffAfterOnePart(plain());
    byte[] small = Arrays.copyOfRange(BIG, 9, 5_009);
    source.body = small;
    source.etag = "\"second\"";

    fetch(withHash(small));

    assertThat(stored()).isEqualTo(small);
    assertNoUploadIsLeft();
  }

  @Test
  void parts_of_two_versions_never_meet_whenever_the_service_is_restarted() throws IOException {
    breakOffAfterOnePart(plain());
    byte[] second = bytes(2 * PART + 4_000_000);
    source.body = second;
    source.etag = "\"second\"";
    source.breaks.add(1_000_000);
    fetching = new Fetching(withChecksums(), new Source(), PART);
    assertThatThrownBy(() -> fetch(plain())).isInstanceOf(IOException.class);
    fetching = new Fetching(withChecksums(), new Source(), PART);

    fetch(plain());

    assertThat(stored()).isEqualTo(second);
    assertNoUploadIsLeft();
  }

  @Test
  void a_source_without_a_validator_is_read_from_its_beginning() throws IOException {
    source.etag = "";
    source.breaks.add(PART + MARGIN);

    fetch(withHash(BIG));

    assertThat(stored()).isEqualTo(BIG);
    assertThat(source.asked).containsExactly("all", "all");
  }

  @Test
  void an_aborted_upload_begins_again() throws IOException {
    breakOffAfterOnePart(plain());
    process().abort(noted.upload.orElseThrow());

    assertThatThrownBy(() -> fetch(plain()))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("starting again");
    assertThat(noted.upload).isEmpty();
    fetch(plain());

    assertThat(stored()).isEqualTo(BIG);
  }

  @Test
  void after_a_restart_a_store_that_lists_no_checksums_is_sent_its_parts_again()
      throws IOException {
    breakOffAfterOnePart(plain());
    fetching = process();

    fetch(plain());

    assertThat(stored()).isEqualTo(BIG);
    assertThat(source.asked).last().isEqualTo("all");
  }
}
