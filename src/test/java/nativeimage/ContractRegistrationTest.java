package nativeimage;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import contract.Manifest;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A type that is not registered would be written empty, or refused, in a native image only. */
class ContractRegistrationTest {

  @Test
  void each_record_and_enum_of_the_contract_is_registered() {
    List<String> written =
        new ClassFileImporter()
            .importPackagesOf(Manifest.class).stream()
                .filter(type -> type.isRecord() || type.isEnum())
                .map(JavaClass::getName)
                .toList();

    assertThat(Registered.by(ContractRegistration.class))
        .extracting(Class::getName)
        .containsExactlyInAnyOrderElementsOf(written);
  }
}
