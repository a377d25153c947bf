package cluster.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SecretsTest {

  @ParameterizedTest
  @CsvSource(
      delimiterString = " -> ",
      quoteCharacter = '`',
      value = {
        "key AKIAIOSFODNN7EXAMPLE of -> key AKIA**** of",
        "ASIAIOSFODNN7EXAMPLE -> ASIA****",
        "password=hunter2 -> password=****",
        "PASSWORD = 'hun ter2', user=x -> PASSWORD = ****, user=x",
        "spark.hadoop.fs.s3a.secret.key=a/b+c -> spark.hadoop.fs.s3a.secret.key=****",
        "fs.s3a.access.key=x -> fs.s3a.access.key=****",
        "token=abc&x=1 -> token=****&x=1",
        "X-Amz-Signature=0f&X-Amz-Security-Token=Fw -> X-Amz-Signature=****&X-Amz-Security-Token=****",
        "{\"password\":\"a, \\\"b\"} -> {\"password\":****b\"}",
        "{\"aws_secret_access_key\" : \"abc\"} -> {\"aws_secret_access_key\" : ****}",
        "password: hunter2 -> password: ****",
        "session_token: abc -> session_token: ****",
        "https://user:pass@host/path -> https://****@host/path",
        "https://token@host/path -> https://****@host/path",
        "s3a://KEY:a/b+c@bucket/x -> s3a://****@bucket/x",
        "Authorization: Bearer eyJhbGciOi.J9 -> Authorization: Bearer ****"
      })
  void what_looks_like_a_secret_is_masked(String text, String masked) {
    assertThat(Secrets.masked(text)).isEqualTo(masked);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "org.apache.hadoop.security.token.SecretManager$InvalidToken: token can't be found in cache",
        "software.amazon.awssdk.services.secretsmanager.model.ResourceNotFoundException: Secrets Manager can't find it",
        "Unrecognized token 'abc': was expecting null",
        "mail of a@b.example about s3://bucket/a@b/c",
        "https://host:8080/path?mail=a@b",
        "Cannot read s3://bucket/key=1/x"
      })
  void what_does_not_stays(String text) {
    assertThat(Secrets.masked(text)).isEqualTo(text);
  }
}
