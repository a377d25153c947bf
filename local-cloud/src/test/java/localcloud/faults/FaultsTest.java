package localcloud.faults;

import static localcloud.faults.Orders.order;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FaultsTest {
  private final Faults faults = new Faults(Clock.systemUTC());

  @Test
  void fault_lets_so_many_calls_pass_and_strikes_so_many() {
    order(faults, "{'service':'EMR','does':'cut','skip':2,'times':3}");

    assertThat(IntStream.range(0, 8).mapToObj(i -> isStruck(emr("ListClusters", ""))))
        .containsExactly(false, false, true, true, true, false, false, false);
    assertThat(faults.standing()).extracting(Faults.Standing::hits).containsExactly(3L);
  }

  @Test
  void times_of_zero_means_every_call() {
    order(faults, "{'service':'EMR','does':'cut','times':0}");

    assertThat(IntStream.range(0, 100).allMatch(i -> isStruck(emr("ListClusters", "")))).isTrue();
  }

  @Test
  void fault_speaks_of_its_service_operation_and_detail_only() {
    order(
        faults,
        "{'service':'EMR','operation':'ListSteps','match':'iris-[0-9]','does':'cut','times':0}");

    assertThat(isStruck(emr("ListSteps", "run iris-1 j-1"))).isTrue();
    assertThat(isStruck(emr("ListSteps", "run iris-x j-1"))).isFalse();
    assertThat(isStruck(emr("DescribeStep", "run iris-1 j-1"))).isFalse();
    assertThat(isStruck(new Call(Service.S3, "ListSteps", "iris-1"))).isFalse();
    assertThat(faults.standing()).extracting(Faults.Standing::hits).containsExactly(1L);
  }

  @Test
  void call_meets_the_oldest_fault_that_is_due_and_the_younger_keeps_its_turn() {
    order(
        faults,
        "[{'service':'EMR','does':'cut','skip':1},{'service':'EMR','does':'lose-reply','skip':1}]");

    assertThat(IntStream.range(0, 4).mapToObj(i -> faults.received(emr("ListClusters", ""))))
        .containsExactly(
            new OnCall.Nothing(), new OnCall.Cut(), new OnCall.LoseReply(), new OnCall.Nothing());
  }

  @Test
  void cleared_faults_strike_no_more() {
    order(faults, "{'service':'EMR','does':'cut','times':0}");

    faults.clear();

    assertThat(isStruck(emr("ListClusters", ""))).isFalse();
    assertThat(faults.standing()).isEmpty();
    assertThat(order(faults, "{'service':'EMR','does':'cut'}")).containsExactly(2L);
  }

  @Test
  void calls_are_listed_in_order_from_any_number_on() {
    faults.received(emr("RunJobFlow", "a"));
    faults.received(new Call(Service.S3, "PutObject", "b/k"));
    faults.received(emr("ListClusters", ""));

    assertThat(faults.calls(0)).extracting(ReceivedCall::number).containsExactly(1L, 2L, 3L);
    assertThat(faults.calls(1))
        .extracting(ReceivedCall::call)
        .containsExactly(new Call(Service.S3, "PutObject", "b/k"), emr("ListClusters", ""));
  }

  @Test
  void concurrent_calls_are_struck_exactly_so_many_times() throws Exception {
    order(faults, "{'service':'EMR','does':'cut','skip':100,'times':50}");
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      List<Future<Boolean>> struck =
          threads.invokeAll(
              IntStream.range(0, 1_000)
                  .<java.util.concurrent.Callable<Boolean>>mapToObj(
                      i -> () -> isStruck(emr("ListClusters", "")))
                  .toList());
      int count = 0;
      for (Future<Boolean> one : struck) {
        count += one.get() ? 1 : 0;
      }
      assertThat(count).isEqualTo(50);
      assertThat(faults.calls(0)).hasSize(1_000);
    } finally {
      threads.shutdown();
    }
  }

  private boolean isStruck(Call call) {
    return !(faults.received(call) instanceof OnCall.Nothing);
  }

  private static Call emr(String operation, String detail) {
    return new Call(Service.EMR, operation, detail);
  }
}
