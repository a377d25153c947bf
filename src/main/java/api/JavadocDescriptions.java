package api;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.smallrye.openapi.OpenApiFilter;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.PathItem;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.parameters.Parameter;
import org.jboss.jandex.ClassInfo;
import org.jboss.jandex.DotName;
import org.jboss.jandex.IndexView;
import org.jboss.jandex.RecordComponentInfo;

/**
 * Describes operations, parameters and fields in the API's OpenAPI document by their Javadoc, which
 * an annotation processor (therapi-runtime-javadoc-scribe) puts beside the classes. It works while
 * the service is built, not while it runs.
 */
@OpenApiFilter(OpenApiFilter.RunStage.BUILD)
public class JavadocDescriptions implements OASFilter {

  private static final String API = "/api/";
  private static final String PROBLEM = "Problem";
  private static final String PROBLEM_TYPE = "application/problem+json";
  private static final DotName OPTIONAL = DotName.createSimple(Optional.class);
  private static final Pattern INLINE = Pattern.compile("\\{@\\w+\\s+([^}]*)}");
  private static final Pattern SENTENCE = Pattern.compile("(?s)(.*?[.])\\s+(\\S.*)");
  private static final Pattern PARAM =
      Pattern.compile("@param\\s+(\\w+)\\s+(.*?)(?=\\n\\s*@|\\z)", Pattern.DOTALL);

  /** What a parameter means wherever a method does not say it otherwise. */
  private static final Map<String, String> USUAL =
      Map.of(
          "id", "The id of the run or backfill",
          "name", "The pipeline's name",
          "reason", "Why this is done; it is recorded");

  private final IndexView index;
  private final ObjectMapper json = new ObjectMapper();

  public JavadocDescriptions(IndexView index) {
    this.index = index;
  }

  @Override
  public void filterOpenAPI(OpenAPI document) {
    List.copyOf(document.getPaths().getPathItems().keySet()).stream()
        .filter(path -> !path.startsWith(API))
        .forEach(document.getPaths()::removePathItem);
    document.getPaths().getPathItems().values().stream()
        .map(PathItem::getOperations)
        .forEach(operations -> operations.forEach(this::describe));
    document.getComponents().getSchemas().forEach(this::describe);
    // The library declares a URI, and sends the path that was asked for.
    document
        .getComponents()
        .getSchemas()
        .get("HttpProblem")
        .getProperties()
        .get("instance")
        .setFormat("iri-reference");
    document
        .getComponents()
        .addResponse(
            PROBLEM,
            OASFactory.createAPIResponse()
                .description(
                    "The request was not fulfilled; detail says why, and the way out (RFC 9457)")
                .content(
                    OASFactory.createContent()
                        .addMediaType(
                            PROBLEM_TYPE,
                            OASFactory.createMediaType()
                                .schema(
                                    OASFactory.createSchema()
                                        .ref("#/components/schemas/HttpProblem")))))
        .addParameter(
            IdempotencyKeys.HEADER,
            OASFactory.createParameter()
                .name(IdempotencyKeys.HEADER)
                .in(Parameter.In.HEADER)
                .description(
                    "A new text for each request, for instance a UUID: the same request with the same key is done once, and gets the answer of the first for 24 hours")
                .schema(
                    OASFactory.createSchema()
                        .addType(Schema.SchemaType.STRING)
                        .minLength(1)
                        .maxLength(255)
                        .pattern("^[!-~]+$")));
  }

  private void describe(PathItem.HttpMethod method, Operation operation) {
    String[] place = operation.getOperationId().split("_", -1);
    String group = place[0].replace("Resource", "");
    String doc = methodDoc(place[0], place[1]);
    String text = text(doc);
    Matcher sentences = SENTENCE.matcher(text);
    operation.setSummary(sentences.matches() ? sentences.group(1) : text);
    operation.setDescription(text);
    operation.setTags(List.of(group));
    operation.setOperationId(OperationIds.of(operation.getOperationId()));
    Map<String, String> described = params(doc);
    if (operation.getParameters() != null) {
      operation.getParameters().stream()
          .filter(parameter -> parameter.getDescription() == null)
          .forEach(
              parameter ->
                  parameter.setDescription(
                      Optional.ofNullable(described.get(key(parameter.getName())))
                          .orElse(USUAL.get(parameter.getName()))));
    }
    if (method == PathItem.HttpMethod.POST) {
      operation.addParameter(
          OASFactory.createParameter().ref("#/components/parameters/" + IdempotencyKeys.HEADER));
    }
    operation
        .getResponses()
        .addAPIResponse(
            "default", OASFactory.createAPIResponse().ref("#/components/responses/" + PROBLEM));
  }

  private void describe(String name, Schema schema) {
    Optional<ClassInfo> type =
        index.getKnownClasses().stream()
            .filter(
                known ->
                    known.simpleName() != null
                        && known.simpleName().equals(name.replaceAll("[0-9]+$", "")))
            .filter(known -> doc(known).isPresent() && fits(known, schema))
            .findFirst();
    if (type.isEmpty()) {
      return;
    }
    if (schema.getDescription() == null) {
      schema.setDescription(text(doc(type.get()).orElseThrow().path("doc").asText()));
    }
    if (schema.getProperties() != null) {
      Map<String, String> fields = fields(type.get());
      schema
          .getProperties()
          .forEach(
              (field, content) -> {
                if (content.getDescription() == null) {
                  content.setDescription(fields.get(key(field)));
                }
              });
      schema.setRequired(required(type.get(), schema));
    }
  }

  /** Several types have the same simple name. */
  private boolean fits(ClassInfo type, Schema schema) {
    return schema.getProperties() == null
        ? type.isEnum()
        : fields(type)
            .keySet()
            .containsAll(
                schema.getProperties().keySet().stream().map(JavadocDescriptions::key).toList());
  }

  /** Also those of a component that is written as if its fields were the record's own. */
  private Map<String, String> fields(ClassInfo type) {
    Map<String, String> fields = new HashMap<>();
    if (type.isRecord()) {
      type.recordComponents().stream()
          .filter(component -> isUnwrapped(type, component))
          .map(component -> index.getClassByName(component.type().name()))
          .forEach(unwrapped -> fields.putAll(fields(unwrapped)));
    }
    doc(type).ifPresent(doc -> fields.putAll(params(doc.path("doc").asText())));
    return fields;
  }

  private static boolean isUnwrapped(ClassInfo type, RecordComponentInfo component) {
    return type.field(component.name()).hasAnnotation(JsonUnwrapped.class);
  }

  /**
   * Absent fields are left out of the JSON; all others are there, except in the contract's JSON.
   */
  private List<String> required(ClassInfo type, Schema schema) {
    List<String> required = new ArrayList<>();
    if (type.isRecord() && !type.name().toString().startsWith("contract.")) {
      for (RecordComponentInfo component : type.recordComponents()) {
        if (isUnwrapped(type, component)) {
          required.addAll(required(index.getClassByName(component.type().name()), schema));
        } else if (!component.type().name().equals(OPTIONAL)
            && schema.getProperties().containsKey(component.name())) {
          required.add(component.name());
        }
      }
    }
    return required.isEmpty() ? null : required;
  }

  private String methodDoc(String type, String method) {
    return doc(index.getClassByName("api." + type)).stream()
        .flatMap(doc -> StreamSupport.stream(doc.path("methods").spliterator(), false))
        .filter(candidate -> candidate.path("name").asText().equals(method))
        .map(candidate -> candidate.path("doc").asText())
        .reduce((first, second) -> first.contains("@param") ? first : second)
        .orElse("");
  }

  private Optional<JsonNode> doc(ClassInfo type) {
    String resource = type.name().toString().replace('.', '/') + "__Javadoc.json";
    try (InputStream doc =
        Thread.currentThread().getContextClassLoader().getResourceAsStream(resource)) {
      return doc == null ? Optional.empty() : Optional.of(json.readTree(doc));
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + resource, e);
    }
  }

  private static Map<String, String> params(String doc) {
    Map<String, String> params = new HashMap<>();
    PARAM
        .matcher(doc)
        .results()
        .forEach(param -> params.put(key(param.group(1)), text(param.group(2))));
    return params;
  }

  private static String key(String name) {
    return name.replace("-", "").toLowerCase(Locale.ROOT);
  }

  private static String text(String doc) {
    String words = doc.split("\\n\\s*@", 2)[0];
    return capital(INLINE.matcher(words).replaceAll("$1").replaceAll("\\s+", " ").strip());
  }

  private static String capital(String words) {
    return words.isEmpty()
        ? words
        : words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
  }
}
