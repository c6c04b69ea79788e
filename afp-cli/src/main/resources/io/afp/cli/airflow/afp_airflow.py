"""What the DAGs beside this file are made of: jobs of AFP through Airflow's SparkSubmitOperator, for Airflow 2.11 and 3.3.

Written by `afp airflow generate`; do not edit: generate again with another AFP.
"""

import glob
import hashlib
import logging
import os
import re
import sys
import uuid
from datetime import timedelta

import pendulum
from airflow.providers.apache.spark.operators.spark_submit import SparkSubmitOperator

try:  # Airflow 3
    from airflow.providers.standard.operators.trigger_dagrun import TriggerDagRunOperator
    from airflow.sdk import (
        DAG,
        Asset,
        BaseHook,
        BaseSensorOperator,
        CronDataIntervalTimetable,
        DeadlineAlert,
        DeadlineReference,
        Param,
        SyncCallback,
    )
    from airflow.sdk.exceptions import AirflowException, AirflowFailException, AirflowSkipException
except ImportError:
    from airflow import DAG
    from airflow.datasets import Dataset as Asset
    from airflow.exceptions import AirflowException, AirflowFailException, AirflowSkipException
    from airflow.hooks.base import BaseHook
    from airflow.models.param import Param
    from airflow.operators.trigger_dagrun import TriggerDagRunOperator
    from airflow.sensors.base import BaseSensorOperator
    from airflow.timetables.interval import CronDataIntervalTimetable

    DeadlineAlert = None

__all__ = ["AfpInputSensor", "AfpJobOperator", "Asset", "TriggerDagRunOperator", "afp_dag", "cron", "timedelta"]

log = logging.getLogger(__name__)

NOTHING_TO_DO = 99

# Exit codes after which the same job fails again until somebody changes something, and in the ledger what led to them.
FINAL = {@exit-codes@}
FINAL_ERRORS = {
@error-codes@
}

LABELS = {"year": "%Y", "month": "%Y-%m", "day": "%Y-%m-%d", "hour": "%Y-%m-%dT%H"}

# How long a driver that is to end may take to give up its branch and its lease.
GOODBYE_SECONDS = 60


def cron(expression, zone="UTC"):
    """The times of cron; each run has the time since the one before as its data interval."""
    return CronDataIntervalTimetable(expression, timezone=pendulum.timezone(zone))


def afp_dag(dag_id, *, start_date, owner=None, retries=0, retry_delay=None, duration=None, tasks=None, **options):
    """A DAG whose runs follow each other, because two runs never write one table at a time.

    :param duration: how long a run may take before somebody is told
    :param tasks: what all its tasks have
    """
    defaults = {"owner": owner, "retries": retries, "retry_delay": retry_delay, **(tasks or {})}
    if duration and DeadlineAlert and sys.argv[1:3] != ["dags", "test"]:  # Airflow 3.3 can't test a DAG with a deadline
        options["deadline"] = DeadlineAlert(
            reference=DeadlineReference.DAGRUN_QUEUED_AT, interval=duration, callback=SyncCallback(late)
        )
    elif duration and not DeadlineAlert:
        defaults["sla"] = duration
    return DAG(
        dag_id,
        start_date=pendulum.parse(start_date),
        max_active_runs=1,
        default_args={name: value for name, value in defaults.items() if value is not None},
        params={
            "interval": Param(None, type=["null", "string"], description="Such as 2013-01 or 2013-01..2013-03"),
            "restate": Param(False, type="boolean", description="Does done intervals again"),
        },
        **options,
    )


def late(context=None, **_):
    """Says that a run takes longer than its pipeline promises."""
    run = (context or {}).get("dag_run") or {}
    log.warning("A run takes longer than sla.duration of its pipeline: %s", run)


class Calendar:
    """The units of time that a pipeline works on."""

    def __init__(self, unit, zone):
        self.unit = unit
        self.zone = zone

    def interval(self, context):
        """What a run works on, as --interval has it.

        The first of these that there is: the parameter `interval`; the units of the assets that triggered it; those that
        end in the data interval of the run, at least the last one that ended before it; the last whole unit.
        """
        if context["params"].get("interval"):
            return context["params"]["interval"]
        # Assets first: Airflow 2.11 gives a run that they trigger a data interval, too, that of the runs before it.
        start, end = assets_interval(context) or data_interval(context) or (moment(context), moment(context))
        return self.label(*self.units(start, end))

    def units(self, start, end):
        """The first unit and the last one; none that goes on after the end."""
        after = self.floor(end)
        first = self.floor(start)
        last = after.subtract(**{self.unit + "s": 1})
        return min(first, last), last

    def floor(self, time):
        return pendulum.instance(time).in_timezone(self.zone).start_of(self.unit)

    def label(self, first, last):
        texts = [time.strftime(LABELS[self.unit]) for time in (first, last)]
        return texts[0] if first == last else "..".join(texts)

    def bounds(self, interval):
        """The start of the first unit of an interval, and the end of the last one."""
        first, _, last = interval.partition("..")
        return self.parse(first), self.after(last or first)

    def each(self, interval):
        """The start of each unit of an interval."""
        time, end = self.bounds(interval)
        while time < end:
            yield time
            time = time.add(**{self.unit + "s": 1})

    def parse(self, text):
        return pendulum.parse(text + "0000-01-01T00"[len(text) :], tz=self.zone)

    def after(self, text):
        unit = {4: "years", 7: "months", 10: "days", 13: "hours"}[len(text)]
        return self.parse(text).add(**{unit: 1})


def moment(context):
    """When a run was due: the same for each try."""
    run = context["dag_run"]
    return getattr(run, "run_after", None) or run.logical_date


def data_interval(context):
    """The data interval of a run that a schedule or a backfill has made."""
    start, end = context.get("data_interval_start"), context.get("data_interval_end")
    return (start, end) if start and end and start < end else None


def assets_interval(context):
    """From the first start to the last end of what was published, if those who published have said it."""
    events = context.get("triggering_asset_events") or context.get("triggering_dataset_events") or {}
    extras = [event.extra for asset in events for event in events[asset] if (event.extra or {}).get("start")]
    if not extras:
        return None
    return (
        min(pendulum.parse(extra["start"]) for extra in extras),
        max(pendulum.parse(extra["end"]) for extra in extras),
    )


def setting(given, variable):
    """What the DAG says, or else the environment of the worker."""
    value = given or os.environ.get(variable)
    if not value:
        raise AirflowFailException(f"Cannot run AFP: the environment of the worker has no {variable}")
    return value


def named(pattern):
    """The files that a pattern names, at least one."""
    found = sorted(glob.glob(pattern))
    if not found:
        raise AirflowFailException(f"Cannot run AFP: there is no {pattern}")
    return found


class AfpInputSensor(BaseSensorOperator):
    """Waits for the files of all units of a run.

    :param files: paths and globs below the folder of the pipeline, with fields of strftime for the start of a unit
    """

    def __init__(self, *, pipeline, files, unit=None, zone="UTC", project=None, **options):
        super().__init__(**options)
        self.pipeline = pipeline
        self.files = files
        self.unit = unit
        self.zone = zone
        self.project = project

    def poke(self, context):
        folder = os.path.join(setting(self.project, "AFP_PROJECT"), self.pipeline)
        wanted = [os.path.join(folder, start.strftime(pattern)) for start in self._starts(context) for pattern in self.files]
        missing = [pattern for pattern in wanted if not glob.glob(pattern)]
        self.log.info("Missing: %s", ", ".join(missing) or "nothing")
        return not missing

    def _starts(self, context):
        if not self.unit:
            return [moment(context)]  # no file of such a pipeline depends on the time
        calendar = Calendar(self.unit, self.zone)
        return calendar.each(calendar.interval(context))


class AfpJobOperator(SparkSubmitOperator):
    """One job of AFP; the id of its DAG is the name of the pipeline.

    Its exit code decides: nothing to do is skipped, what no repetition mends fails at once, all else is tried again as the
    same run. Where the driver runs in the cluster the ledger decides instead, because there the code does not always arrive.

    :param pipeline: the folder of the pipeline in the project, which also is on the machine of the driver
    :param job: pipeline, ingestion, transform, quality or serving
    :param unit: the unit of its intervals; None for a pipeline without
    :param jar_globs: jars of models: below the project, below {home} of AFP, or URIs
    :param project: the folder with afp.yaml; else AFP_PROJECT of the worker
    :param home: where AFP is installed; else AFP_HOME of the worker
    :param environment: the environment of afp.yaml
    :param secrets: variables for the driver by the connections whose passwords they get; in client mode only
    :param ledger_conn_id: the Postgres of the ledger, for cluster mode
    """

    def __init__(
        self,
        *,
        pipeline,
        job="pipeline",
        unit=None,
        zone="UTC",
        jar_globs=(),
        project=None,
        home=None,
        environment=None,
        secrets=None,
        ledger_conn_id=None,
        **options,
    ):
        super().__init__(java_class=f"io.afp.{job}.{job.capitalize()}Job", **options)
        self.durable = False  # each try joins its run by the key, wherever the driver of the try before is
        self.pipeline = pipeline
        self.job = job
        self.calendar = Calendar(unit, zone) if unit else None
        self.jar_globs = jar_globs
        self.project = project
        self.home = home
        self.environment = environment
        self.secrets = secrets or {}
        self.passwords = None
        self.ledger_conn_id = ledger_conn_id
        self.ledger = None

    def execute(self, context):
        home = setting(self.home, "AFP_HOME")
        project = setting(self.project, "AFP_PROJECT")
        cluster = self._is_cluster()
        interval = self.calendar.interval(context) if self.calendar else None
        self.name = f"afp:{self.dag_id}"
        self.application = named(os.path.join(home, "jobs", f"afp-{self.job}-*-spark.jar"))[-1]
        self.jars = ",".join(self._jars(project, home)) or None
        self.application_args = self._arguments(context, project, interval, cluster)
        self.passwords = self._passwords(cluster)
        if cluster:  # else the submission to a standalone master ends long before its driver
            self.ledger = self._ledger()
            self.conf = {"spark.standalone.submit.waitAppCompletion": "true", **(self.conf or {})}
        try:
            super().execute(context)
        except Exception as failure:  # of drivers in the cluster they are of several kinds
            self._end_by_ledger(context, failure) if cluster else self._end_by_exit_code(failure)
        else:
            if cluster:
                self._end_by_ledger(context, None)
        self._tell(context, interval)

    def on_kill(self):
        process = getattr(self._hook, "_submit_sp", None)
        if process is not None and process.poll() is None:
            process.terminate()  # killed outright, the driver would leave its branch behind
            try:
                process.wait(timeout=GOODBYE_SECONDS)
            except Exception as failure:
                self.log.warning("The driver does not end: %s", failure)
        super().on_kill()

    def _get_hook(self):
        hook = super()._get_hook()
        # Not by env_vars: for YARN and Kubernetes the provider makes settings of these, which all see on the command line.
        hook._env = self.passwords
        return hook

    def _is_cluster(self):
        if self._deploy_mode:
            return self._deploy_mode == "cluster"
        return BaseHook.get_connection(self._conn_id).extra_dejson.get("deploy-mode") == "cluster"

    def _jars(self, project, home):
        for pattern in self.jar_globs:
            if re.match("[a-zA-Z][a-zA-Z0-9+.-]+:", pattern):
                yield pattern
            else:
                place = os.path.join(project, pattern.replace("{home}", home))
                yield from named(place)

    def _arguments(self, context, project, interval, cluster):
        arguments = ["--project", project, "--pipeline", os.path.join(project, self.pipeline)]
        arguments += ["--run-key", context["run_id"]]
        arguments += ["--interval", interval] if interval else []
        arguments += ["--restate"] if context["params"].get("restate") else []
        arguments += ["--env", self.environment] if self.environment else []
        return arguments if cluster else [*arguments, "--skip-code", str(NOTHING_TO_DO)]

    def _passwords(self, cluster):
        if cluster and self.secrets:
            raise AirflowFailException("Cannot give secrets to a driver in the cluster: all would see them in its settings")
        passwords = {name: BaseHook.get_connection(conn).password for name, conn in self.secrets.items()}
        for name, password in passwords.items():
            if not password:
                raise AirflowFailException(f"Cannot run AFP: the connection {self.secrets[name]} has no password for {name}")
        return passwords

    def _ledger(self):
        """Asked before any work: without it nobody would know how that ended."""
        if not self.ledger_conn_id:
            raise AirflowFailException("Cannot run AFP in the cluster: airflow.ledger_conn_id names no connection")
        from airflow.providers.postgres.hooks.postgres import PostgresHook

        return PostgresHook(self.ledger_conn_id)

    def _end_by_exit_code(self, failure):
        process = getattr(self._hook, "_submit_sp", None)
        code = process.returncode if process is not None else None
        if code == NOTHING_TO_DO:
            raise AirflowSkipException("Nothing to do: everything is up to date") from None
        if code in FINAL:
            raise AirflowFailException(f"No retry would help (exit code {code}): {failure}") from None
        raise failure

    def _end_by_ledger(self, context, failure):
        run = self._run(context["run_id"])
        if run is None and failure is None:
            raise AirflowSkipException("Nothing to do: everything is up to date")
        if run is None:
            raise failure
        state, code, message = run
        if state == "failed" and code in FINAL_ERRORS:
            raise AirflowFailException(f"No retry would help: {code} {message}")
        if state == "failed" or (failure and state != "succeeded"):
            raise AirflowException(f"The run has not succeeded (state={state}): {code} {message}") from failure
        if self.job == "pipeline" and state != "succeeded":
            raise AirflowException(f"The driver has ended early (state={state})")

    def _run(self, run_key):
        digest = hashlib.md5(f"{self.dag_id}\n{run_key}".encode(), usedforsecurity=False).digest()
        return self.ledger.get_first(
            "SELECT state, error_code, error_message FROM afp.run WHERE id = %s",
            parameters=(str(uuid.UUID(bytes=digest, version=3)),),
        )

    def _tell(self, context, interval):
        """Tells the DAGs that read the tables for which time these are new."""
        if not self.calendar:
            return
        start, end = self.calendar.bounds(interval)
        extra = {"interval": interval, "start": start.isoformat(), "end": end.isoformat()}
        for asset in self.outlets:
            context["outlet_events"][asset].extra = extra
