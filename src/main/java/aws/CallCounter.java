package aws;

import java.util.Locale;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.core.interceptor.SdkExecutionAttribute;

/** Reports each call of an SDK client and its outcome to {@link ApiCalls}. */
final class CallCounter implements ExecutionInterceptor {

  private final ApiCalls calls;

  CallCounter(ApiCalls calls) {
    this.calls = calls;
  }

  @Override
  public void afterExecution(Context.AfterExecution context, ExecutionAttributes attributes) {
    count(attributes, "ok");
  }

  @Override
  public void onExecutionFailure(Context.FailedExecution context, ExecutionAttributes attributes) {
    Throwable failure = context.exception();
    count(
        attributes,
        failure instanceof AwsServiceException refused && refused.awsErrorDetails() != null
            ? String.valueOf(refused.awsErrorDetails().errorCode())
            : failure.getClass().getSimpleName());
  }

  private void count(ExecutionAttributes attributes, String outcome) {
    calls.count(
        attributes.getAttribute(SdkExecutionAttribute.SERVICE_NAME).toUpperCase(Locale.ROOT),
        attributes.getAttribute(SdkExecutionAttribute.OPERATION_NAME),
        outcome);
  }
}
