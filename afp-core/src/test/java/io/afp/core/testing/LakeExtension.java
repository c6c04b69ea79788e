package io.afp.core.testing;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives each test that has a parameter {@link TestLake} a lake of its own. A {@code @BeforeAll}
 * method with such a parameter makes it one lake for all tests of the class.
 *
 * <pre>{@code
 * @ExtendWith(LakeExtension.class)
 * class OrdersTest {
 *   @Test
 *   void areVisibleAfterPublish(TestLake lake) {
 *     lake.publish("CREATE NAMESPACE core", "CREATE TABLE core.orders AS SELECT 1 AS id");
 *     assertThat(lake.onMain().table("core.orders").count()).isEqualTo(1);
 *   }
 * }
 * }</pre>
 */
public final class LakeExtension implements ParameterResolver {

  private static final Namespace NAMESPACE = Namespace.create(LakeExtension.class);

  /** Closes a lake with the context that it belongs to. */
  private record Owned(TestLake lake) implements AutoCloseable {
    @Override
    public void close() {
      lake.close();
    }
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == TestLake.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return context
        .getStore(NAMESPACE)
        .getOrComputeIfAbsent(TestLake.class, type -> new Owned(new TestLake()), Owned.class)
        .lake();
  }
}
