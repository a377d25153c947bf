package nativeimage;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.LinkedHashSet;
import java.util.Set;
import org.apache.parquet.format.FileMetaData;
import org.junit.jupiter.api.Test;
import shaded.parquet.org.apache.thrift.meta_data.FieldMetaData;
import shaded.parquet.org.apache.thrift.meta_data.FieldValueMetaData;
import shaded.parquet.org.apache.thrift.meta_data.ListMetaData;
import shaded.parquet.org.apache.thrift.meta_data.StructMetaData;

/** A native image can make every struct that Parquet's reader makes by reflection. */
class ParquetRegistrationTest {

  @Test
  void every_struct_that_a_footer_consists_of_is_registered() {
    Set<Class<?>> members = new LinkedHashSet<>();
    for (FieldMetaData member : FileMetaData.metaDataMap.values()) {
      FieldValueMetaData value =
          member.valueMetaData instanceof ListMetaData list
              ? list.elemMetaData
              : member.valueMetaData;
      if (value instanceof StructMetaData struct) {
        members.add(struct.structClass);
      }
    }

    assertThat(members).isNotEmpty();
    assertThat(ParquetRegistration.class.getAnnotation(RegisterForReflection.class).targets())
        .containsAll(members);
  }
}
