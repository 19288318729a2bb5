package dev.onboard.console.web;

import gg.jte.Content;
import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes HTML of views. */
final class Renderer {
  private static final String TEMPLATES = "dev.onboard.console.jte";

  private final TemplateEngine engine =
      TemplateEngine.createPrecompiled(
          null, ContentType.Html, Renderer.class.getClassLoader(), TEMPLATES);
  private final Assets assets;
  private final List<Section> sections;

  Renderer(Assets assets, List<Section> sections) {
    this.assets = assets;
    this.sections = sections;
  }

  /** The whole page. */
  String page(View view, Request request, @Nullable Section section) {
    var output = new StringOutput();
    engine.render(
        "layout.jte",
        Map.of("shell", shell(view, request, section), "view", view, "content", content(view)),
        output);
    return output.toString();
  }

  /** What is within the page's frame. */
  String fragment(View view) {
    var output = new StringOutput();
    engine.render("fragment.jte", Map.of("view", view, "content", content(view)), output);
    return output.toString();
  }

  private Content content(View view) {
    return output -> engine.render(view.template(), view.model(), output);
  }

  private Shell shell(View view, Request request, @Nullable Section section) {
    var styles = new ArrayList<>(List.of(assets.href("console.css")));
    var modules = new ArrayList<>(List.of(assets.href("console.js")));
    for (String file : view.assets()) {
      (file.endsWith(".css") ? styles : modules).add(assets.href(file));
    }
    var here = Url.of(request.segments().toArray(String[]::new));
    for (Map.Entry<String, String> parameter : request.query().entrySet()) {
      here = here.with(parameter.getKey(), parameter.getValue());
    }
    return new Shell(
        view.title(),
        sections.stream()
            .map(s -> new Shell.Entry(s.title(), s.href(), s.equals(section)))
            .toList(),
        Theme.of(request),
        here.toString(),
        styles,
        modules,
        assets.href("icon.svg"),
        assets.href("htmx.js"));
  }
}
