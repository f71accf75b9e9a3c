"""The groups of the desk with their permissions."""

from django.apps import apps as installed
from django.contrib.auth.management import create_permissions
from django.contrib.contenttypes.management import create_contenttypes
from django.db import migrations

DESK = ("event", "source", "document", "claim", "citation")
DRAFTING = {
    *(f"{action}_{model}" for action in ("add", "change", "view") for model in DESK),
    *(f"view_historical{model}" for model in DESK),
    "view_party",
    "view_change",
    "view_comparison",
    "submit_claim",
}
CHIEF = {"withdraw_claim", "merge_records", "manage_vocabulary", "add_party", "change_party"}
GROUPS = {
    "contributor": DRAFTING,
    "editor": DRAFTING | {"publish_claim"},
    "chief": DRAFTING | {"publish_claim"} | CHIEF,
}
USERS = {"add_user", "change_user", "view_user", "view_group"}


def make_groups(apps, schema_editor):
    """Make the three groups; permissions are otherwise only made after all migrations ran."""
    using = schema_editor.connection.alias
    for label in ("auth", "claims"):
        config = installed.get_app_config(label)
        create_contenttypes(config, verbosity=0, using=using, apps=apps)
        create_permissions(config, verbosity=0, using=using, apps=apps)
    group = apps.get_model("auth", "Group")
    permission = apps.get_model("auth", "Permission")
    of_app = {
        label: {
            found.codename: found
            for found in permission.objects.using(using).filter(content_type__app_label=label)
        }
        for label in ("auth", "claims")
    }
    for name, codenames in GROUPS.items():
        wanted = [of_app["claims"][codename] for codename in codenames]
        if name == "chief":
            wanted += [of_app["auth"][codename] for codename in USERS]
        group.objects.using(using).get_or_create(name=name)[0].permissions.set(wanted)


def drop_groups(apps, schema_editor):
    """Take the groups away."""
    using = schema_editor.connection.alias
    apps.get_model("auth", "Group").objects.using(using).filter(name__in=GROUPS).delete()


class Migration(migrations.Migration):
    dependencies = [
        ("claims", "0001_tables"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [migrations.RunPython(make_groups, drop_groups)]
