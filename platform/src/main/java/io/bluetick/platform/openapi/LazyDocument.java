package io.bluetick.platform.openapi;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.core.PriorityOrdered;

/**
 * Makes springdoc's beans when the document is first asked for and not at the start. They bring a
 * second Jackson, a YAML writer and the Swagger model, over a thousand classes, and most processes
 * never serve the document.
 */
class LazyDocument implements BeanFactoryPostProcessor, PriorityOrdered {
  private static final String SPRINGDOC = "org.springdoc.";

  @Override
  public void postProcessBeanFactory(ConfigurableListableBeanFactory factory) {
    for (String name : factory.getBeanDefinitionNames()) {
      BeanDefinition bean = factory.getBeanDefinition(name);
      if (isSpringdoc(bean.getBeanClassName()) || isSpringdoc(bean.getFactoryBeanName())) {
        bean.setLazyInit(true);
      }
    }
  }

  @Override
  public int getOrder() {
    return LOWEST_PRECEDENCE;
  }

  private static boolean isSpringdoc(@Nullable String className) {
    return className != null && className.startsWith(SPRINGDOC);
  }
}
