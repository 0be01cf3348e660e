"""A store that speaks S3, private, and given up on before a page would hang."""

from botocore.config import Config
from storages.backends.s3 import S3Storage


class Bucket(S3Storage):  # type: ignore[misc]  # the library has no types
    """One bucket: nothing in it is public, names are kept, and no address of it leaves the house."""

    def get_default_settings(
        self,
    ) -> dict[str, object]:  # object: the library's own table of settings
        """The library's settings, with ours where ours are stricter."""
        patience = Config(
            connect_timeout=3,
            read_timeout=15,
            retries={"total_max_attempts": 3, "mode": "standard"},
        )
        ours = {
            "file_overwrite": True,
            "default_acl": "private",
            "querystring_auth": True,
            "client_config": patience,
        }
        theirs: dict[str, object] = super().get_default_settings()
        return theirs | ours
