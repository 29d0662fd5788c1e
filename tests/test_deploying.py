"""What stands in several of the files that deploy the app stands in all of them alike."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml

from explorer.command_line import command_line

ROOT = Path(__file__).parents[1]
DOCKERFILE = (ROOT / "Dockerfile").read_text(encoding="utf-8")
NGINX = {file.name: file.read_text(encoding="utf-8") for file in (ROOT / "deploy" / "nginx").iterdir()}
COMPOSE = yaml.safe_load((ROOT / "deploy" / "compose.yaml").read_text(encoding="utf-8"))
APPS = {name: service for name, service in COMPOSE["services"].items() if name.startswith("app-")}


@pytest.fixture(scope="module")
def kubernetes() -> dict[str, Any]:
    """The manifests by kind; of several, the last."""
    text = (ROOT / "deploy" / "kubernetes" / "capsnet-explorer.yaml").read_text(encoding="utf-8")
    return {manifest["kind"]: manifest for manifest in yaml.safe_load_all(text)}


@pytest.fixture(scope="module")
def container(kubernetes: dict[str, Any]) -> dict[str, Any]:
    (only,) = kubernetes["Deployment"]["spec"]["template"]["spec"]["containers"]
    assert isinstance(only, dict)
    return only


def image(name: str) -> str:
    """A setting of the image's environment."""
    found = re.search(rf"\b{name}=(\S+)", DOCKERFILE)
    assert found
    return found[1]


def test_each_replica_has_its_lines_in_the_proxys_file() -> None:
    replicas = NGINX["replicas.conf"]
    servers = {name: f"{name}:{service['environment']['STREAMLIT_SERVER_PORT']}" for name, service in APPS.items()}
    assert len(servers) == 2
    for name, server in servers.items():
        number = name.removeprefix("app-")
        own = re.search(rf"upstream replica_{number} {{(.*?)}}", replicas, re.DOTALL)
        assert own
        first, *others = re.findall(r"server (\S+)(.*);", own[1])
        assert first[0] == server
        assert sorted([(server, " backup"), *others]) == sorted((each, " backup") for each in servers.values())
        assert replicas.count(f"    {number} replica_{number};") == 2  # of pages, and of sessions
        assert f'"~:{server.partition(":")[2]}$" {number};' in replicas
    for group in ("replicas", "sessions"):
        members = re.search(rf"upstream {group} {{(.*?)}}", replicas, re.DOTALL)
        assert members
        assert re.findall(r"server (\S+)", members[1]) == list(servers.values())


def test_the_proxy_lets_through_what_the_app_takes() -> None:
    config = tomllib.loads((ROOT / "explorer" / ".streamlit" / "config.toml").read_text(encoding="utf-8"))
    limit = re.search(r"client_max_body_size (\d+)m;", NGINX["capsnet.conf"])
    assert limit
    assert int(limit[1]) > config["server"]["maxUploadSize"]


def test_what_the_proxy_includes_is_mounted() -> None:
    mounted = {Path(volume.split(":")[0]).name for volume in COMPOSE["services"]["nginx"]["volumes"]}
    assert mounted == NGINX.keys()
    assert set(re.findall(r"include (\S+);", NGINX["capsnet.conf"])) == NGINX.keys() - {"capsnet.conf"}


def test_nobody_runs_as_root_or_writes_into_the_image(kubernetes: dict[str, Any], container: dict[str, Any]) -> None:
    user = re.search(r"^USER (\d+)$", DOCKERFILE, re.MULTILINE)
    assert user
    pod = kubernetes["Deployment"]["spec"]["template"]["spec"]
    assert pod["securityContext"]["runAsUser"] == int(user[1]) > 0
    assert container["securityContext"]["readOnlyRootFilesystem"]
    assert image("HOME") == container["volumeMounts"][0]["mountPath"] == "/tmp"  # noqa: S108 - the image's
    for service in APPS.values():
        assert (service["user"], service["read_only"]) == (user[1], True)
        assert service["tmpfs"][0].startswith("/tmp:")  # noqa: S108


def test_ports_are_those_of_the_image(kubernetes: dict[str, Any], container: dict[str, Any]) -> None:
    given = re.search(r"^CMD \[(.*)\]$", DOCKERFILE, re.MULTILINE)
    assert given
    wished = command_line(yaml.safe_load(f"[{given[1]}]"))
    assert wished.metrics
    assert wished.log_readings
    ports = {port["name"]: port["containerPort"] for port in container["ports"]}
    assert ports == {"http": int(image("STREAMLIT_SERVER_PORT")), "metrics": wished.metrics[1]}
    scraped = kubernetes["Deployment"]["spec"]["template"]["metadata"]["annotations"]["prometheus.io/port"]
    assert int(scraped) == ports["metrics"]


def test_manifests_speak_of_the_same_pods(kubernetes: dict[str, Any]) -> None:
    deployment = kubernetes["Deployment"]
    labels = deployment["spec"]["template"]["metadata"]["labels"]
    assert deployment["spec"]["selector"]["matchLabels"] == labels
    assert kubernetes["PodDisruptionBudget"]["spec"]["selector"]["matchLabels"] == labels
    target = kubernetes["HorizontalPodAutoscaler"]["spec"]["scaleTargetRef"]
    assert (target["kind"], target["name"]) == ("Deployment", deployment["metadata"]["name"])


def test_the_image_holds_what_the_app_needs() -> None:
    kept = [line[1:] for line in (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines() if line[:1] == "!"]
    assert {"capsnet", "explorer", "requirements.txt"} <= set(kept)
    assert all(list(ROOT.glob(pattern)) for pattern in kept)
