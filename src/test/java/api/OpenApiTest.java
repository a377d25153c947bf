package api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The description of the API: complete, and the same in the repository. */
@QuarkusTest
@TestProfile(ApiProfile.class)
class OpenApiTest {

  private static final Path DOCUMENT = Path.of("docs/openapi.json");
  private static final String RENEW = "openapi.renew";

  @TestHTTPResource("/")
  URI service;

  @Test
  void the_document_in_the_repository_is_what_the_service_serves() throws Exception {
    ObjectMapper json = new ObjectMapper();
    String served =
        json.writerWithDefaultPrettyPrinter().writeValueAsString(served()) + System.lineSeparator();
    if (Boolean.getBoolean(RENEW)) {
      Files.writeString(DOCUMENT, served);
    }
    assertThat(Files.readString(DOCUMENT))
        .as("renew it by `mvn test -pl pom.xml -Dtest=OpenApiTest -D%s=true`", RENEW)
        .isEqualTo(served);
  }

  @Test
  void every_operation_parameter_and_field_is_described() throws Exception {
    JsonNode document = served();
    assertThat(document.path("openapi").asText()).startsWith("3.1");
    List<String> bare = new ArrayList<>();
    document
        .path("paths")
        .properties()
        .forEach(
            path ->
                path.getValue()
                    .properties()
                    .forEach(
                        operation -> {
                          String name = operation.getKey() + " " + path.getKey();
                          if (operation.getValue().path("summary").asText().isEmpty()) {
                            bare.add(name);
                          }
                          operation
                              .getValue()
                              .path("parameters")
                              .forEach(
                                  parameter -> {
                                    if (!parameter.has("$ref") && !parameter.has("description")) {
                                      bare.add(name + " " + parameter.path("name").asText());
                                    }
                                  });
                        }));
    document
        .at("/components/schemas")
        .properties()
        .forEach(
            schema ->
                schema
                    .getValue()
                    .path("properties")
                    .properties()
                    .forEach(
                        field -> {
                          if (!field.getValue().has("description")) {
                            bare.add(schema.getKey() + "." + field.getKey());
                          }
                        }));
    assertThat(bare).isEmpty();
  }

  @Test
  void every_operation_has_an_id_of_its_own_that_says_what_it_does() throws Exception {
    List<String> ids = served().path("paths").findValuesAsText("operationId");

    assertThat(ids).hasSizeGreaterThan(20).doesNotHaveDuplicates();
    assertThat(ids)
        .allMatch(
            id ->
                id.matches(
                    "(list|get|follow|start|pause|resume|begin|cancel|passOver|discard|retry|replay)[A-Z][A-Za-z]+"));
  }

  private JsonNode served() throws IOException, InterruptedException {
    return ServedApi.json(new ServedApi(service).get("q/openapi?format=json"));
  }
}
