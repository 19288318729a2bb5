package dev.onboard.local.schemas.binding;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import javax.tools.DiagnosticCollector;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** A code binding, compiled in memory and loaded. */
public final class Compiled {
  private final String packageName;
  private final Loader loader;

  private Compiled(String packageName, Loader loader) {
    this.packageName = packageName;
    this.loader = loader;
  }

  /** Compiles sources by their paths, without a warning. */
  public static Compiled of(Map<String, String> sources) {
    var compiler = ToolProvider.getSystemJavaCompiler();
    var diagnostics = new DiagnosticCollector<JavaFileObject>();
    var classes = new HashMap<String, ByteArrayOutputStream>();
    List<JavaFileObject> files =
        sources.entrySet().stream()
            .map(e -> (JavaFileObject) new Source(e.getKey(), e.getValue()))
            .toList();
    try (var standard = compiler.getStandardFileManager(diagnostics, null, null);
        var memory = new Memory(standard, classes)) {
      boolean compiled =
          compiler
              .getTask(
                  null,
                  memory,
                  diagnostics,
                  List.of("--release", "17", "-proc:none", "-Xlint:all", "-Werror"),
                  null,
                  files)
              .call();
      if (!compiled) {
        throw new AssertionError(diagnostics.getDiagnostics() + "\n" + sources.values());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    String marshaller =
        sources.keySet().stream()
            .filter(p -> p.endsWith("/marshaller/Marshaller.java"))
            .collect(Collectors.joining());
    String packageName =
        marshaller
            .substring(0, marshaller.length() - "/marshaller/Marshaller.java".length())
            .replace('/', '.');
    return new Compiled(packageName, new Loader(classes));
  }

  public Object read(String type, String json) {
    return call("unmarshal", new Class<?>[] {InputStream.class, Class.class}, in(json), type(type));
  }

  public Object readEvent(String detail, String json) {
    return call(
        "unmarshalEvent", new Class<?>[] {InputStream.class, Class.class}, in(json), type(detail));
  }

  public String write(Object value) {
    var out = new ByteArrayOutputStream();
    call("marshal", new Class<?>[] {OutputStream.class, Object.class}, out, value);
    return out.toString(StandardCharsets.UTF_8);
  }

  private static InputStream in(String json) {
    return new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8));
  }

  private Class<?> type(String name) {
    try {
      return loader.loadClass(packageName + '.' + name);
    } catch (ClassNotFoundException e) {
      throw new AssertionError(e);
    }
  }

  private Object call(String method, Class<?>[] types, Object... arguments) {
    try {
      return type("marshaller.Marshaller").getMethod(method, types).invoke(null, arguments);
    } catch (InvocationTargetException e) {
      throw new AssertionError(e.getCause());
    } catch (ReflectiveOperationException e) {
      throw new AssertionError(e);
    }
  }

  private static final class Source extends SimpleJavaFileObject {
    private final String text;

    Source(String path, String text) {
      super(URI.create("mem:///" + path), Kind.SOURCE);
      this.text = text;
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return text;
    }
  }

  private static final class Memory extends ForwardingJavaFileManager<StandardJavaFileManager> {
    private final Map<String, ByteArrayOutputStream> classes;

    Memory(StandardJavaFileManager below, Map<String, ByteArrayOutputStream> classes) {
      super(below);
      this.classes = classes;
    }

    @Override
    public JavaFileObject getJavaFileForOutput(
        JavaFileManager.Location location,
        String className,
        JavaFileObject.Kind kind,
        FileObject sibling) {
      return new SimpleJavaFileObject(URI.create("mem:///" + className + ".class"), kind) {
        @Override
        public OutputStream openOutputStream() {
          return classes.computeIfAbsent(className, n -> new ByteArrayOutputStream());
        }
      };
    }
  }

  private static final class Loader extends ClassLoader {
    private final Map<String, ByteArrayOutputStream> classes;

    Loader(Map<String, ByteArrayOutputStream> classes) {
      super(Compiled.class.getClassLoader());
      this.classes = classes;
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
      ByteArrayOutputStream bytes = classes.get(name);
      if (bytes == null) {
        throw new ClassNotFoundException(name);
      }
      return defineClass(name, bytes.toByteArray(), 0, bytes.size());
    }
  }
}
