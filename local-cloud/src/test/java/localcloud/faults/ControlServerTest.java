package localcloud.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ControlServerTest {
  private final Faults faults =
      new Faults(Clock.fixed(Instant.parse("2026-01-02T03:04:05.678Z"), ZoneOffset.UTC));
  private final HttpClient http = HttpClient.newHttpClient();
  private ControlServer server;

  @BeforeEach
  void start() throws IOException {
    server = new ControlServer(faults);
    server.start();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void faults_are_listed_with_ids_and_hits_until_they_are_deleted() throws Exception {
    assertAnswer(
        send("POST", "/faults", "{'service':'EMR','does':'cut','match':'iris'}"),
        200,
        "{'ids':[1]}");
    assertAnswer(
        send(
            "POST",
            "/faults",
            "[{'service':'S3','does':'cut'},{'service':'S3','does':'throttle'}]"),
        200,
        "{'ids':[2,3]}");
    faults.received(new Call(Service.S3, "PutObject", "b/k"));

    String standing =
        "[{'id':1,'service':'EMR','does':'cut','match':'iris','hits':0},"
            + "{'id':2,'service':'S3','does':'cut','hits':1},"
            + "{'id':3,'service':'S3','does':'throttle','hits':0}]";
    assertAnswer(send("GET", "/faults", ""), 200, standing);
    assertAnswer(send("DELETE", "/faults", ""), 200, standing);
    assertAnswer(send("GET", "/faults", ""), 200, "[]");
  }

  @Test
  void bad_fault_is_refused_in_a_sentence_and_none_of_its_list_stands() throws Exception {
    assertAnswer(
        send("POST", "/faults", "[{'service':'S3','does':'cut'},{'service':'S3'}]"),
        400,
        "{'message':'faults[1].does is missing; write a text'}");
    assertAnswer(send("GET", "/faults", ""), 200, "[]");
  }

  @Test
  void calls_are_listed_from_a_number_on() throws Exception {
    faults.received(new Call(Service.EMR, "ListClusters", ""));
    faults.received(new Call(Service.SNOWFLAKE, "Query", "SELECT 1"), "JDBC/4");

    assertThat(send("GET", "/calls", "").body()).contains("\"number\":1").contains("\"number\":2");
    assertAnswer(
        send("GET", "/calls?after=1", ""),
        200,
        "[{'number':2,'at':'2026-01-02T03:04:05.678Z','service':'Snowflake','operation':'Query',"
            + "'detail':'SELECT 1','client':'JDBC/4'}]");
    assertAnswer(
        send("GET", "/calls?since=1", ""),
        400,
        "{'message':'after is a call`s number, as in /calls?after=17, not since=1'}");
  }

  @Test
  void what_it_does_not_know_is_refused() throws Exception {
    assertThat(send("PUT", "/faults", "").statusCode()).isEqualTo(400);
    assertThat(send("GET", "/", "").body()).contains("GET / is unknown");
  }

  private HttpResponse<String> send(String method, String path, String body) throws Exception {
    return http.send(
        HttpRequest.newBuilder(server.endpoint().resolve(path))
            .method(method, BodyPublishers.ofString(body.replace('\'', '"')))
            .build(),
        BodyHandlers.ofString());
  }

  private static void assertAnswer(HttpResponse<String> answer, int status, String body) {
    assertThat(answer.body()).isEqualTo(body.replace('\'', '"').replace('`', '\''));
    assertThat(answer.statusCode()).isEqualTo(status);
  }
}
