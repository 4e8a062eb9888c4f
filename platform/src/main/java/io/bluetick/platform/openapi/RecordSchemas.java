package io.bluetick.platform.openapi;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.type.TypeFactory;
import io.bluetick.platform.json.ByteLength;
import io.swagger.v3.core.converter.AnnotatedType;
import io.swagger.v3.core.converter.ModelConverter;
import io.swagger.v3.core.converter.ModelConverterContext;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.media.Schema;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Collection;
import java.util.Iterator;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Says of records what Swagger does not see. A property is required if its component is not
 * {@code @Nullable}: what our code relies on is what the document promises. The size of bytes is
 * said of the text that they travel as, base64.
 */
class RecordSchemas implements ModelConverter {

  @Override
  public @Nullable Schema<?> resolve(
      AnnotatedType type, ModelConverterContext context, Iterator<ModelConverter> chain) {
    if (!chain.hasNext()) {
      return null;
    }
    @Nullable Schema<?> resolved = chain.next().resolve(type, context, chain);
    @Nullable Class<?> record = record(type.getType());
    if (resolved != null && record != null) {
      @Nullable Schema<?> defined = defined(resolved, context);
      if (defined != null && defined.getProperties() != null) {
        for (RecordComponent component : record.getRecordComponents()) {
          complete(record, component, defined);
        }
      }
    }
    return resolved;
  }

  private static @Nullable Class<?> record(@Nullable Type type) {
    if (type == null) {
      return null;
    }
    Class<?> raw = TypeFactory.defaultInstance().constructType(type).getRawClass();
    return raw.isRecord() ? raw : null;
  }

  /** The schema itself, where the resolved one only refers to it. */
  private static @Nullable Schema<?> defined(Schema<?> resolved, ModelConverterContext context) {
    String reference = resolved.get$ref();
    return reference == null
        ? resolved
        : context
            .getDefinedModels()
            .get(reference.substring(Components.COMPONENTS_SCHEMAS_REF.length()));
  }

  /** The same schema may come by more than once, so all of this can be done again. */
  private static void complete(Class<?> record, RecordComponent component, Schema<?> schema) {
    String name = component.getName();
    @Nullable Schema<?> property = schema.getProperties().get(name);
    if (property == null) {
      return;
    }
    boolean isKnown = schema.getRequired() != null && schema.getRequired().contains(name);
    if (!isKnown && !canBeAbsent(record, component)) {
      schema.addRequiredItem(name);
    }
    @Nullable ByteLength length = component.getAnnotatedType().getAnnotation(ByteLength.class);
    if (length != null) {
      property.setMinLength(base64Length(length.min()));
      property.setMaxLength(base64Length(length.max()));
    }
  }

  /** With padding. */
  private static int base64Length(int bytes) {
    return Math.ceilDiv(bytes, 3) * 4;
  }

  private static boolean canBeAbsent(Class<?> record, RecordComponent component) {
    @Nullable JsonInclude include = record.getAnnotation(JsonInclude.class);
    boolean leavesOutEmpty = include != null && include.value() == JsonInclude.Include.NON_EMPTY;
    return component.getAnnotatedType().isAnnotationPresent(Nullable.class)
        || (leavesOutEmpty
            && (Collection.class.isAssignableFrom(component.getType())
                || Map.class.isAssignableFrom(component.getType())));
  }
}
