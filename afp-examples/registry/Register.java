import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.zip.GZIPInputStream;
import org.postgresql.PGConnection;

/** Plays the register of aircraft: a table of another system, in which somebody changes rows. */
public class Register {

  private static final String NEW =
      """
      drop schema if exists register cascade;
      create schema register;
      create table register.file (tailnum text, year int, type text, manufacturer text, model text,
        engines int, seats int, speed int, engine text)
      """;

  private static final String AS_OF_JANUARY =
      """
      create table register.aircraft as
        select tailnum, manufacturer, model, seats, false as deregistered, timestamptz '2013-01-01 00:00Z' as changed_at
          from register.file;
      alter table register.aircraft add primary key (tailnum)
      """;

  private static final String FEBRUARY =
      """
      update register.aircraft set seats = 50, changed_at = '2013-02-01 10:00Z' where tailnum = 'N10156';
      update register.aircraft set deregistered = true, changed_at = '2013-02-01 10:15Z' where tailnum = 'N102UW';
      insert into register.aircraft values ('N1AFP', 'AIRBUS', 'A320-214', 182, false, '2013-02-01 10:30Z')
      """;

  /** Seen late: changed before the last change of February, committed behind it. */
  private static final String LATE =
      """
      update register.aircraft set seats = 180, changed_at = '2013-02-01 09:45Z' where tailnum = 'N103US'
      """;

  public static void main(String[] args) throws Exception {
    String password = Files.readString(Path.of(".afp/postgres/password")).strip();
    try (Connection register =
            DriverManager.getConnection(System.getenv("REGISTER") + "&password=" + password);
        Statement statement = register.createStatement()) {
      switch (args[0]) {
        case "january" -> fill(register, statement);
        case "february" -> statement.execute(FEBRUARY);
        case "late" -> statement.execute(LATE);
        default -> throw new IllegalArgumentException("january, february or late");
      }
    }
  }

  private static void fill(Connection register, Statement statement) throws Exception {
    statement.execute(NEW);
    Path planes = Path.of("../flights/data/planes.csv.gz");
    try (InputStream csv = new GZIPInputStream(Files.newInputStream(planes))) {
      copy(register, csv);
    }
    statement.execute(AS_OF_JANUARY);
  }

  private static void copy(Connection register, InputStream csv) throws SQLException, IOException {
    register
        .unwrap(PGConnection.class)
        .getCopyAPI()
        .copyIn("copy register.file from stdin (format csv, header, null 'NA')", csv);
  }
}
