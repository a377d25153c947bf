package actions;

import aws.AwsSettings;
import intake.Together;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import java.util.List;
import java.util.Optional;
import landing.TakenMessages;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * Deletes landing events that were handled. Messages that several threads handle at the same time
 * share one SQS call, which Camel's component cannot do.
 */
@ApplicationScoped
public class DeleteMessage {

  private final AwsSettings settings;
  private final Instance<SqsClient> sqs;
  private final Together<String, Optional<String>> deletions =
      new Together<>(TakenMessages.AT_ONCE, this::delete);

  DeleteMessage(AwsSettings settings, Instance<SqsClient> sqs) {
    this.settings = settings;
    this.sqs = sqs;
  }

  /**
   * Deletes the message.
   *
   * @throws software.amazon.awssdk.core.exception.SdkException if SQS refuses or is unreachable
   * @throws IllegalStateException if SQS did not delete this one; it is delivered again without
   *     effect
   */
  public void delete(String receiptHandle) {
    deletions
        .ask(receiptHandle)
        .ifPresent(
            failure -> {
              throw new IllegalStateException(failure);
            });
  }

  private List<Optional<String>> delete(List<String> receiptHandles) {
    String url = settings.landingEvents().orElseThrow().url().toString();
    return new TakenMessages(sqs.get(), url).delete(receiptHandles);
  }
}
