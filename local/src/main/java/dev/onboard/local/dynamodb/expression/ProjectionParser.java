package dev.onboard.local.dynamodb.expression;

import java.util.ArrayList;

/** Projection expressions: paths with commas between them. */
final class ProjectionParser extends ExpressionParser {
  ProjectionParser(String text) {
    super(text);
  }

  Projection parse() {
    var paths = new ArrayList<Path>();
    do {
      paths.add(path());
    } while (take(","));
    expectEnd();
    return new Projection(paths);
  }

  @Override
  boolean isKeyword(Token word) {
    return false;
  }
}
