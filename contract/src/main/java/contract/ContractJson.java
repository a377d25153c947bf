package contract;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import java.io.IOException;
import java.util.Optional;

/** Writes the contract's files without absent members. Each type reads its own file. */
public final class ContractJson {

  /** The only version that there is. */
  public static final int VERSION = 1;

  static final JsonMapper MAPPER =
      JsonMapper.builder()
          .addModule(new SimpleModule("contract").addSerializer(new PresentValue()))
          .withConfigOverride(
              Optional.class,
              override ->
                  override.setIncludeAsProperty(
                      JsonInclude.Value.construct(
                          JsonInclude.Include.NON_EMPTY, JsonInclude.Include.ALWAYS)))
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .build();

  private ContractJson() {}

  /** The file's text. */
  public static String write(Object file) {
    try {
      return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(file);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Cannot write " + file, e);
    }
  }

  /** Jackson's own module for {@link Optional} is not on Spark's class path. */
  private static final class PresentValue extends StdSerializer<Optional<?>> {

    private static final long serialVersionUID = 1L;

    PresentValue() {
      super(Optional.class, false);
    }

    @Override
    public boolean isEmpty(SerializerProvider provider, Optional<?> value) {
      return value.isEmpty();
    }

    @Override
    public void serialize(Optional<?> value, JsonGenerator json, SerializerProvider provider)
        throws IOException {
      provider.defaultSerializeValue(value.orElse(null), json);
    }
  }
}
