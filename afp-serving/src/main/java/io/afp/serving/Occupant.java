package io.afp.serving;

import static io.afp.serving.Statements.query;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** What stands in Postgres under the name of a served table. */
enum Occupant {
  NOBODY,
  OWN_VIEW,
  OWN_TABLE,
  /** Something that AFP did not make, and never touches. */
  STRANGER;

  private static final String WRONG_OBJECT = "42809";

  static Occupant of(Connection connection, ServingSql sql) throws SQLException {
    List<String> kinds =
        query(
            connection,
            "SELECT relkind::text FROM pg_class WHERE oid = to_regclass(?)",
            sql.qualifiedTarget());
    if (kinds.isEmpty()) {
      return NOBODY;
    }
    List<String> shapes =
        query(
            connection,
            "SELECT coalesce(shape, '') FROM afp_serving.load WHERE target = ?",
            sql.target());
    if (shapes.isEmpty()) {
      return STRANGER;
    }
    boolean merged = !shapes.get(0).isEmpty();
    return switch (kinds.get(0)) {
      case "v" -> merged ? STRANGER : OWN_VIEW;
      case "r" -> merged ? OWN_TABLE : STRANGER;
      default -> STRANGER;
    };
  }

  /** Nothing of somebody else is replaced. */
  static Occupant ours(Connection connection, ServingSql sql) throws SQLException {
    Occupant occupant = of(connection, sql);
    if (occupant == STRANGER) {
      throw new SQLException(
          "%s is there, and AFP did not make it".formatted(sql.target()), WRONG_OBJECT);
    }
    return occupant;
  }

  /** Takes it away, if it is AFP's own. */
  List<String> drop(ServingSql sql) {
    return switch (this) {
      case OWN_VIEW -> List.of("DROP VIEW " + sql.qualifiedTarget());
      case OWN_TABLE -> List.of("DROP TABLE " + sql.qualifiedTarget());
      case NOBODY, STRANGER -> List.of();
    };
  }

  /** Statements that give the rights that roles have on it now. */
  static List<String> rights(Connection connection, ServingSql sql) throws SQLException {
    return query(
        connection,
        """
        SELECT format('GRANT %s ON %s TO %s%s', acl.privilege_type, served.oid::regclass,
                 CASE WHEN acl.grantee = 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(acl.grantee)) END,
                 CASE WHEN acl.is_grantable THEN ' WITH GRANT OPTION' ELSE '' END)
          FROM pg_class served, aclexplode(served.relacl) acl
         WHERE served.oid = to_regclass(?) AND acl.grantee <> served.relowner
        """,
        sql.qualifiedTarget());
  }
}
