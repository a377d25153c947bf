package routes;

import actions.AwaitResults;
import actions.ExplainFailure;
import actions.JudgeAttempt;
import actions.ReadWritten;
import actions.SummarizeFooters;
import actions.Written;
import contract.JobResult;
import contract.Manifest;
import flow.Action;
import flow.UnusableFileException;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import org.apache.camel.Exchange;
import org.apache.camel.component.aws2.s3.AWS2S3Constants;
import run.Attempt;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;

/**
 * Results: reads what the steps wrote and judges the attempt; if a step failed, finds the reason in
 * its log. EMR delivers the log minutes after the step's end, when the run may already be FAILED.
 */
@ApplicationScoped
public class ResultRoutes extends Endpoints {

  private static final Duration BETWEEN_LOGS = Duration.ofSeconds(5);
  private static final Duration BETWEEN_QUESTIONS = Duration.ofMillis(250);

  private static final String EXPECTED = "expected";
  private static final String RESULT = "result";
  private static final String FETCHED = "fetched";
  private static final String ADDRESS = "address";
  private static final String ATTEMPT = "attempt";

  private final AwaitResults awaitResults;
  private final JudgeAttempt judgeAttempt;
  private final ReadWritten readWritten;
  private final SummarizeFooters summarizeFooters;
  private final ExplainFailure explainFailure;

  ResultRoutes(
      AwaitResults awaitResults,
      JudgeAttempt judgeAttempt,
      ReadWritten readWritten,
      SummarizeFooters summarizeFooters,
      ExplainFailure explainFailure) {
    this.awaitResults = awaitResults;
    this.judgeAttempt = judgeAttempt;
    this.readWritten = readWritten;
    this.summarizeFooters = summarizeFooters;
    this.explainFailure = explainFailure;
  }

  @Override
  public void configure() {
    await();
    judge();
    read("read-result", readWritten::result, text -> JobResult.read("the result", text));
    readFooters();
    read("read-manifest", readWritten::manifest, text -> Manifest.read("the manifest", text));
    getObject();
    explain();
  }

  /**
   * A result that is there says that its step ends, so that EMR is asked at once. That S3 does not
   * answer costs time only, and is seen by its health.
   */
  private void await() {
    from(every("await-results", BETWEEN_QUESTIONS))
        .routeId("await-results")
        .routeConfigurationId(ErrorHandling.AGAIN_LATER)
        .setBody(exchange -> awaitResults.due())
        .split(body())
        .filter(exchange -> awaitResults.mayAsk())
        .setVariable(EXPECTED, body())
        .process(exchange -> address(exchange, expected(exchange).address()))
        .doTry()
        .to(headsObject())
        .process(exchange -> awaitResults.isThere(expected(exchange)))
        .doCatch(NoSuchKeyException.class)
        .doCatch(SdkException.class)
        .process(exchange -> awaitResults.isUnanswered(cause(exchange)))
        .end();
  }

  /** PROCESSING to LOADING, or to an end without a load. */
  private void judge() {
    from(direct("judge-attempt"))
        .routeId("judge-attempt")
        .doTry()
        .to(direct("read-result"), direct("read-footers"))
        .setBody(exchange -> Written.of(body(exchange, JobResult.class)))
        .doCatch(UnusableFileException.class)
        .setBody(exchange -> Written.unusable(cause(exchange)))
        .end()
        .setVariable(RESULT, body())
        .setBody(exchange -> Written.of(List.of()))
        .filter(exchange -> RunExchange.run(exchange).ingestsOnItsCluster())
        .doTry()
        .to(direct("read-manifest"))
        .setBody(
            exchange ->
                Written.of(
                    judgeAttempt.ingested(judgement(exchange), body(exchange, Manifest.class))))
        .doCatch(UnusableFileException.class)
        .setBody(exchange -> Written.unusable(cause(exchange)))
        .end()
        .end()
        .setVariable(FETCHED, body())
        .process(
            exchange ->
                judgeAttempt.judge(
                    judgement(exchange), written(exchange, RESULT), written(exchange, FETCHED)));
  }

  /** The body becomes what the steps wrote there; null where they wrote nothing. */
  private void read(
      String id, Function<Action, ReadWritten.Address> address, Function<String, ?> reader) {
    from(direct(id))
        .routeId(id)
        .streamCache("false")
        .setBody(exchange -> address.apply(RunExchange.action(exchange)))
        .setVariable(ADDRESS, body())
        .to(direct("get-object"))
        .filter(body().isNotNull())
        .process(exchange -> parse(exchange, reader))
        .end()
        .removeHeaders("CamelAwsS3*");
  }

  /** The user's own steps may have left none; then it is built from the footers of their files. */
  private void readFooters() {
    from(direct("read-footers"))
        .routeId("read-footers")
        .filter(body().isNull())
        .filter(exchange -> summarizeFooters.mayLackResult(judgement(exchange)))
        .setBody(exchange -> summarizeFooters.result(judgement(exchange)))
        .setVariable(RESULT, body())
        .setBody(
            exchange -> summarizeFooters.file(judgement(exchange), body(exchange, JobResult.class)))
        .to(direct("put-object"))
        .setBody(variable(RESULT))
        .end()
        .end();
  }

  /**
   * The body becomes the object's content as a stream, which is not cached; null if there is none.
   */
  private void getObject() {
    from(direct("get-object"))
        .routeId("get-object")
        .streamCache("false")
        .process(exchange -> address(exchange, body(exchange, ReadWritten.Address.class)))
        .doTry()
        .to(getsObject())
        .doCatch(NoSuchKeyException.class)
        .setBody(constant((Object) null))
        .end();
  }

  private void explain() {
    from(every("read-logs", BETWEEN_LOGS))
        .routeId("read-logs")
        .routeConfigurationId(ErrorHandling.AGAIN_LATER)
        .setBody(exchange -> explainFailure.due())
        .split(body())
        .to(direct("read-log"));

    from(direct("read-log"))
        .routeId("read-log")
        .streamCache("false")
        .setVariable(ATTEMPT, body())
        .doTry()
        .setBody(exchange -> explainFailure.log(body(exchange, Attempt.class)))
        .to(direct("get-object"))
        .choice()
        .when(body().isNull())
        .process(exchange -> explainFailure.isNotThere(attempt(exchange)))
        .otherwise()
        .process(
            exchange ->
                explainFailure.explain(attempt(exchange), body(exchange, InputStream.class)))
        .endChoice()
        .endDoTry()
        .doCatch(NoSuchKeyException.class)
        .process(exchange -> explainFailure.isNotThere(attempt(exchange)))
        .doCatch(Throwable.class)
        .process(exchange -> explainFailure.cannotRead(attempt(exchange), thrown(exchange)))
        .end();
  }

  private static void address(Exchange exchange, ReadWritten.Address object) {
    address(exchange, object.bucket(), object.key());
  }

  private static AwaitResults.Expected expected(Exchange exchange) {
    return exchange.getVariable(EXPECTED, AwaitResults.Expected.class);
  }

  /** No stream stays in the message, which a route that goes on after a failure would cache. */
  private void parse(Exchange exchange, Function<String, ?> reader) throws IOException {
    InputStream content = body(exchange, InputStream.class);
    exchange.getMessage().setBody(null);
    exchange
        .getMessage()
        .setBody(
            readWritten.parse(
                exchange.getVariable(ADDRESS, ReadWritten.Address.class),
                content,
                exchange.getMessage().getHeader(AWS2S3Constants.CONTENT_LENGTH, 0L, Long.class),
                reader));
  }

  @SuppressWarnings("unchecked")
  private static <T> Written<T> written(Exchange exchange, String variable) {
    return (Written<T>) exchange.getVariable(variable);
  }

  private static Action.Judge judgement(Exchange exchange) {
    return RunExchange.action(exchange, Action.Judge.class);
  }

  private static Attempt attempt(Exchange exchange) {
    return exchange.getVariable(ATTEMPT, Attempt.class);
  }
}
