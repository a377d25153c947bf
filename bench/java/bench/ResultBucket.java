package bench;

import contract.ContractJson;
import contract.JobDescription;
import contract.JobResult;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.Consumer;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.component.aws2.s3.AWS2S3Constants;
import org.apache.camel.support.DefaultComponent;
import org.apache.camel.support.DefaultEndpoint;
import org.apache.camel.support.DefaultProducer;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;

/**
 * In place of Camel's {@code aws2-s3}: stores nothing, but answers for every job description with the result of a job that succeeded. Asked whether a result is there it says no, as with steps
 * of the user's own: what is measured is EMR's quotas alone.
 */
final class ResultBucket extends DefaultComponent {

  private final Map<String, String> results = new HashMap<>();

  @Override
  protected Bucket createEndpoint(String uri, String name, Map<String, Object> options) {
    Object operation = options.get("operation");
    options.clear();
    return new Bucket(uri, operation);
  }

  private final class Bucket extends DefaultEndpoint {
    private final Object operation;

    Bucket(String uri, Object operation) {
      super(uri, ResultBucket.this);
      this.operation = operation;
    }

    @Override
    public Producer createProducer() {
      return new DefaultProducer(this) {
        @Override
        public void process(Exchange exchange) {
          String key = exchange.getMessage().getHeader(AWS2S3Constants.KEY, String.class);
          if ("headObject".equals(operation)) {
            throw NoSuchKeyException.builder().message("Not asked for here").build();
          }
          if ("getObject".equals(operation)) {
            exchange.getMessage().setBody(results.get(key));
          } else if (key.endsWith("/job.json")) {
            put(exchange.getMessage().getBody(byte[].class));
          }
        }
      };
    }

    @Override
    public Consumer createConsumer(Processor processor) {
      throw new UnsupportedOperationException("This bucket has no consumers");
    }
  }

  private void put(byte[] description) {
    JobDescription job =
        JobDescription.read(
            "the job description", new String(description, StandardCharsets.UTF_8));
    JobResult result =
        new JobResult(
            ContractJson.VERSION,
            job.pipeline(),
            job.run(),
            job.attempt(),
            JobResult.Status.SUCCEEDED,
            Optional.empty(),
            new JobResult.Rows(1_000, 1_000, 0),
            List.of(),
            List.of(),
            List.of(),
            JobResult.Details.NONE);
    String uri = job.result().uri();
    results.put(uri.substring(uri.indexOf('/', "s3://".length()) + 1), ContractJson.write(result));
  }
}
