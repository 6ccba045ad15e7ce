"""What an operator may set, by environment variable or `.env`; every setting has a default that works."""

from pathlib import Path
from typing import Literal

from pydantic import BaseModel, Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

from matchmaker.membership.rules import Admission

DATA = Path(__file__).resolve().parent.parent / "data"


class OpenIdProvider(BaseModel):
    """Where people may sign in with an account that they have already."""

    issuer: str
    client_id: str
    client_secret: SecretStr = SecretStr("")
    title: str = ""


class Settings(BaseSettings):
    """Settings, read once. In the environment they are in capitals after `MATCHMAKER_`; `DATABASE_URL` stands alone."""

    model_config = SettingsConfigDict(env_prefix="MATCHMAKER_", env_file=".env", extra="ignore", frozen=True)

    database_url: str = Field(
        default=f"sqlite:///{DATA / 'var' / 'matchmaker.sqlite'}",
        validation_alias="DATABASE_URL",
        description="SQLAlchemy address of the database: sqlite:///path or postgresql://user@host/name",
    )
    model: str = Field(
        default=str(DATA / "var" / "models" / "multilingual-e5-small"),
        description="folder or name of a sentence-transformers model; the default folder is built at install",
    )
    var_directory: Path = Field(default=DATA / "var", description="where model, index and gazetteer are kept")
    data_directory: Path = Field(default=DATA, description="where taxonomy, background and demo data are read")
    threads: int = Field(default=2, ge=1, description="threads of one encoding")
    graph_from_rows: int = Field(default=200_000, ge=1, description="passages from which FAISS keeps a graph")
    sync_in_process: bool = Field(default=True, description="drain the outbox into the index within the API process")
    sync_seconds: float = Field(default=1.0, gt=0, description="seconds between two looks at the outbox")
    max_body_bytes: int = Field(default=262_144, ge=1_024, description="largest request body in bytes")
    max_upload_bytes: int = Field(default=20_971_520, ge=1_024, description="largest file to import in bytes")
    requests_per_minute: int = Field(default=120, ge=1, description="requests a minute of one caller")
    tries_per_minute: int = Field(default=20, ge=1, description="searches a minute of one caller without a token")
    admission: Admission = Field(
        default=Admission.REVIEWED,
        description="open shows a profile as soon as it is written; reviewed keeps it hidden until it is admitted",
    )
    introduction_days: int = Field(
        default=14, ge=1, le=365, description="days until an introduction without two yeses has not come about"
    )
    introduction_reminder_days: int = Field(default=3, ge=0, le=365, description="days before that, when reminders go")
    introductions_per_week: int = Field(
        default=5, ge=0, le=1_000, description="introductions that a profile proposes for itself in seven days"
    )
    introduction_undo_days: int = Field(
        default=7, ge=1, le=365, description="days in which an answer recorded from a telephone call can be undone"
    )
    public_url: str = Field(default="http://127.0.0.1:8000", description="address under which people reach the service")
    secret_key: SecretStr = Field(
        default=SecretStr(""), description="signs links in letters; when empty, one is made and kept in var_directory"
    )
    letters_in_process: bool = Field(default=True, description="send letters within the API process")
    letters_seconds: float = Field(default=2.0, gt=0, description="seconds between two looks at letters to be sent")
    letters_from: str = Field(
        default="Alianza Smart LATAM <letters@localhost>", description="sender of letters: name and address"
    )
    smtp_host: str = Field(
        default="", description="mail server; when empty, letters are left as files in var_directory/letters"
    )
    smtp_port: int = Field(default=587, ge=1, le=65_535, description="port of the mail server")
    smtp_security: Literal["starttls", "tls", "none"] = Field(
        default="starttls", description="how the mail server is spoken to: starttls, tls (from the start) or none"
    )
    smtp_user: str = Field(default="", description="name at the mail server; empty for none")
    smtp_password: SecretStr = Field(default=SecretStr(""), description="password at the mail server")
    sign_ins_per_hour: int = Field(
        default=10,
        ge=1,
        description="sign-ins an hour asked for one e-mail address; six times as many from one network",
    )
    openid_providers: dict[str, OpenIdProvider] = Field(
        default={}, description="OpenID providers by name, as JSON: issuer, client_id, client_secret, title"
    )
