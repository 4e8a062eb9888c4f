package io.bluetick.testkit.tidy;

import com.sun.source.tree.AnnotationTree;
import com.sun.source.tree.CatchTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.ImportTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MemberReferenceTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.UnionTypeTree;
import com.sun.source.util.TreePathScanner;
import io.bluetick.protocol.TopicSpec;
import io.bluetick.protocol.Topics;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Checks that need Java's grammar: one walk over a file's tree does all of them. */
final class JavaChecks extends TreePathScanner<@Nullable Void, @Nullable Void> {

  private static final int METHOD_LINES_LIMIT = 40;
  private static final int PARAMETERS_LIMIT = 7;

  private static final Pattern LIBRARIES =
      Pattern.compile("(?:^|.*\\.)(mockito|easymock|powermock|mockk|lombok|mapstruct)\\..*");

  private static final Pattern SLEEP =
      Pattern.compile("(?:.*\\.)?(?:Thread|TimeUnit\\.\\w+)(?:\\.|::)sleep");

  private static final Set<String> CATCH_ALLS =
      Set.of("Exception", "RuntimeException", "Throwable", "Error");

  private static final Set<String> TOPICS =
      Topics.shared().stream().map(TopicSpec::name).collect(Collectors.toUnmodifiableSet());
  private static final String OUTBOUND = Topics.outbound("x").name().replaceAll("x$", "");

  private final TextFile file;
  private final JavaSource source;
  private final List<Violation> violations = new ArrayList<>();

  private JavaChecks(TextFile file, JavaSource source) {
    this.file = file;
    this.source = source;
  }

  static List<Violation> java(TextFile file) {
    if (!file.hasExtension("java")) {
      return List.of();
    }
    JavaSource source = JavaSource.parse(file);
    JavaChecks checks = new JavaChecks(file, source);
    source.errors().forEach(error -> checks.violations.add(file.at(1, "is no Java: " + error)));
    checks.scan(source.unit(), null);
    return checks.violations;
  }

  @Override
  public @Nullable Void visitMethod(MethodTree method, @Nullable Void context) {
    long lines = source.lastLine(method) - source.firstLine(method) + 1;
    if (lines > METHOD_LINES_LIMIT) {
      add(
          method,
          method.getName() + " has " + lines + " lines, " + METHOD_LINES_LIMIT + " are allowed");
    }
    int parameters = method.getParameters().size();
    if (method.getReturnType() == null && !isInRecord() && parameters > PARAMETERS_LIMIT) {
      add(method, "constructor has " + parameters + " parameters, 7 are allowed");
    }
    return super.visitMethod(method, null);
  }

  @Override
  public @Nullable Void visitCatch(CatchTree caught, @Nullable Void context) {
    Tree type = caught.getParameter().getType();
    List<? extends Tree> types =
        type instanceof UnionTypeTree union ? union.getTypeAlternatives() : List.of(type);
    boolean isCatchAll = types.stream().map(Tree::toString).anyMatch(CATCH_ALLS::contains);
    if (isCatchAll && caught.getBlock().getStatements().isEmpty()) {
      add(caught, "swallows every failure");
    }
    return super.visitCatch(caught, null);
  }

  @Override
  public @Nullable Void visitAnnotation(AnnotationTree annotation, @Nullable Void context) {
    boolean isDisabled = annotation.getAnnotationType().toString().endsWith("Disabled");
    if (isDisabled && annotation.getArguments().isEmpty()) {
      add(annotation, "disables without a reason");
    }
    return super.visitAnnotation(annotation, null);
  }

  @Override
  public @Nullable Void visitImport(ImportTree imported, @Nullable Void context) {
    String name = imported.getQualifiedIdentifier().toString();
    if (LIBRARIES.matcher(name).matches()) {
      add(imported, "imports " + name + ": no mocks, no generated code");
    }
    return super.visitImport(imported, null);
  }

  @Override
  public @Nullable Void visitMethodInvocation(MethodInvocationTree call, @Nullable Void context) {
    sleeping(call.getMethodSelect());
    return super.visitMethodInvocation(call, null);
  }

  @Override
  public @Nullable Void visitMemberReference(
      MemberReferenceTree reference, @Nullable Void context) {
    sleeping(reference);
    return super.visitMemberReference(reference, null);
  }

  @Override
  public @Nullable Void visitLiteral(LiteralTree literal, @Nullable Void context) {
    boolean maySpellTopics = file.isTest() || file.path().startsWith("protocol/src/main/");
    if (!maySpellTopics
        && literal.getValue() instanceof String text
        && (TOPICS.contains(text) || text.startsWith(OUTBOUND))) {
      add(literal, "spells the topic '" + text + "': use Topics");
    }
    return super.visitLiteral(literal, null);
  }

  private void sleeping(Tree called) {
    if (file.isTest() && !file.isSampleOfBadness() && SLEEP.matcher(called.toString()).matches()) {
      add(called, "sleeps in a test: wait for the condition, with a bound");
    }
  }

  private boolean isInRecord() {
    return getCurrentPath().getParentPath().getLeaf() instanceof ClassTree type
        && type.getKind() == Tree.Kind.RECORD;
  }

  private void add(Tree tree, String what) {
    violations.add(file.at(source.firstLine(tree), what));
  }
}
