package dev.onboard.local.eventbridge;

import com.cronutils.model.definition.CronConstraintsFactory;
import com.cronutils.model.definition.CronDefinition;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.model.time.ExecutionTime;
import com.cronutils.parser.CronParser;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A schedule: {@code rate(5 minutes)} or {@code cron(0 12 * * ? *)}, in UTC. */
sealed interface ScheduleExpression {
  /** The first time after the schedule began. */
  Optional<Instant> after(Instant begin);

  /** The time that follows one that was due, and is not past. */
  Optional<Instant> next(Instant due, Instant now);

  static ScheduleExpression parse(String expression) {
    Optional<? extends ScheduleExpression> parsed =
        expression.startsWith("rate(") ? Rate.of(expression) : Cron.of(expression);
    if (parsed.isEmpty()) {
      throw EventErrors.validation("Parameter ScheduleExpression is not valid.");
    }
    return parsed.get();
  }

  /** Every so often, counted from the beginning. */
  record Rate(Duration interval) implements ScheduleExpression {
    private static final Pattern FORM =
        Pattern.compile("rate\\(([1-9][0-9]{0,8}) (minute|hour|day)(s?)\\)");

    static Optional<Rate> of(String expression) {
      Matcher form = FORM.matcher(expression);
      if (!form.matches()) {
        return Optional.empty();
      }
      long n = Long.parseLong(form.group(1));
      if ((n == 1) != form.group(3).isEmpty()) {
        return Optional.empty();
      }
      return Optional.of(
          new Rate(
              switch (form.group(2)) {
                case "minute" -> Duration.ofMinutes(n);
                case "hour" -> Duration.ofHours(n);
                default -> Duration.ofDays(n);
              }));
    }

    @Override
    public Optional<Instant> after(Instant begin) {
      return Optional.of(begin.plus(interval));
    }

    @Override
    public Optional<Instant> next(Instant due, Instant now) {
      long missed = Math.max(0, Duration.between(due, now).dividedBy(interval));
      return Optional.of(due.plus(interval.multipliedBy(missed + 1)));
    }
  }

  /** At the times of six fields: minutes, hours, day of month, month, day of week, year. */
  record Cron(ExecutionTime times) implements ScheduleExpression {
    private static final Pattern FORM = Pattern.compile("cron\\(([^()]+)\\)");
    private static final int SATURDAY = 7;
    private static final int MONDAY = 2;

    /** As AWS defines it; one of the two days must be a question mark. */
    private static final CronDefinition DEFINITION =
        CronDefinitionBuilder.defineCron()
            .withMinutes()
            .withStrictRange()
            .and()
            .withHours()
            .withStrictRange()
            .and()
            .withDayOfMonth()
            .withValidRange(1, 31)
            .supportsL()
            .supportsW()
            .supportsLW()
            .supportsQuestionMark()
            .and()
            .withMonth()
            .withValidRange(1, 12)
            .and()
            .withDayOfWeek()
            .withValidRange(1, SATURDAY)
            .withMondayDoWValue(MONDAY)
            .supportsHash()
            .supportsL()
            .supportsQuestionMark()
            .and()
            .withYear()
            .withValidRange(1970, 2199)
            .and()
            .withCronValidation(CronConstraintsFactory.ensureEitherDayOfWeekOrDayOfMonth())
            .instance();

    static Optional<Cron> of(String expression) {
      Matcher form = FORM.matcher(expression);
      if (!form.matches() || form.group(1).trim().split("\\s+").length != 6) {
        return Optional.empty();
      }
      try {
        return Optional.of(
            new Cron(
                ExecutionTime.forCron(new CronParser(DEFINITION).parse(form.group(1)).validate())));
      } catch (IllegalArgumentException e) {
        return Optional.empty();
      }
    }

    @Override
    public Optional<Instant> after(Instant begin) {
      return times
          .nextExecution(ZonedDateTime.ofInstant(begin, ZoneOffset.UTC))
          .map(ZonedDateTime::toInstant);
    }

    @Override
    public Optional<Instant> next(Instant due, Instant now) {
      return after(now.isAfter(due) ? now : due);
    }
  }
}
