package localcloud.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FaultTest {

  @Test
  void what_is_not_given_has_its_default() {
    Fault fault = Orders.read("{'service':'EMR','does':'cut'}").get(0);

    assertThat(fault.service()).isEqualTo(Service.EMR);
    assertThat(fault.operation()).isEmpty();
    assertThat(fault.match()).isEmpty();
    assertThat(fault.skip()).isZero();
    assertThat(fault.times()).isEqualTo(1);
    assertThat(fault.effect()).isEqualTo(new OnCall.Cut());
  }

  @Test
  void what_is_given_is_taken() {
    List<Fault> faults =
        Orders.read(
            """
            [{'service':'S3','operation':'PutObject','match':'^landing/','skip':2,'times':0,
              'does':'delay','delay':'30ms'},
             {'service':'Snowflake','does':'cut'}]""");

    Fault first = faults.get(0);
    assertThat(first.operation()).contains("PutObject");
    assertThat(first.match().orElseThrow().pattern()).isEqualTo("^landing/");
    assertThat(first.skip()).isEqualTo(2);
    assertThat(first.times()).isZero();
    assertThat(first.effect()).isEqualTo(new OnCall.Delay(Duration.ofMillis(30)));
    assertThat(faults.get(1).service()).isEqualTo(Service.SNOWFLAKE);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{                                          | The body is not JSON: ",
        "7                                          | fault is not a JSON object",
        "[{'service':'EMR','does':'cut'},7]         | faults[1] is not a JSON object",
        "{'does':'cut'}                             | fault.service is missing; write a text",
        "{'service':'SQS','does':'cut'}             | fault.service is SQS, not EMR, S3 or Snowflake",
        "{'service':'EMR'}                          | fault.does is missing; write a text",
        "{'service':'EMR','does':'burn'}            | fault.does is burn, which EMR cannot do; it can do kill, delay, ",
        "{'service':'EMR','does':'cut','match':'('} | fault.match is no regular expression: Unclosed group",
        "{'service':'EMR','does':'cut','skip':-1}   | fault.skip is -1, not a whole number from 0 to 1000000",
        "{'service':'EMR','does':'cut','times':1.5} | fault.times is 1.5, not a whole number from 0 to 1000000",
        "{'service':'EMR','does':'cut','pid':7}     | fault has an unknown member pid; it may have service, operation, ",
        "{'service':'EMR','does':'delay'}           | fault.delay is missing; write a duration such as 500ms, 2s or 1m",
        "{'service':'EMR','does':'delay','delay':3} | fault.delay is 3, not a duration such as 500ms, 2s or 1m",
        "{'service':'S3','does':'internal-error'}   | fault.does is internal-error, which S3 cannot do; it can do kill, ",
        "{'service':'EMR','operation':'ListSteps','does':'step-hangs'} | fault.operation is ListSteps, but step-hangs befalls RunJobFlow",
        "{'service':'EMR','does':'no-capacity','instanceTypes':'m5'} | fault.instanceTypes is \"m5\", not a list of texts",
        "{'service':'EMR','does':'spot-reclaim','step':'LOST'} | fault.step is \"LOST\", not one of failed, interrupted, cancelled",
        "{'service':'EMR','does':'kill'}            | fault.pid is missing; write a whole number",
        "{'service':'EMR','does':'kill','pid':4194999} | fault.pid is 4194999, and no such process runs",
        "{'service':'EMR','does':'error','status':700,'code':'c','message':'m'} | fault.status is 700, not a whole number from 200 to 599",
      })
  void mistake_is_named(String json, String message) {
    assertThatThrownBy(() -> Orders.read(json))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(message);
  }

  @Test
  void kill_needs_a_process_other_than_the_stand_in_and_an_instant() throws Exception {
    try (Victim victim = new Victim()) {
      String kill = "{'service':'EMR','does':'kill','pid':%d%s}";
      assertThatThrownBy(() -> Orders.read(kill.formatted(ProcessHandle.current().pid(), "")))
          .hasMessageEndingWith("the stand-in itself");
      assertThatThrownBy(() -> Orders.read(kill.formatted(victim.pid(), ",'when':'later'")))
          .hasMessage("fault.when is \"later\", not one of arrival, acted, answered");
      assertThatThrownBy(
              () -> Orders.read(kill.formatted(victim.pid(), ",'when':'acted','delay':'1s'")))
          .hasMessage("fault.delay goes with \"when\":\"answered\" only");
    }
  }
}
