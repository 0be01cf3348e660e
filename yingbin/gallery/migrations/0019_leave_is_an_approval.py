"""Business leave is an approval like others (TQ-7): its rows move there, with the entry that tells of each."""

from django.db import migrations

# Numbered in the order of asking, after what the site has. Whoever took it back stands beside it nowhere: as before.
MOVE = """
insert into approvals_approval
  (id, site_id, number, kind, title, words, about, asked_by, asked_at, status, decided_by, decided_at, answer, salt,
   asked_in)
select r.id, r.site_id,
       coalesce((select max(a.number) from approvals_approval a where a.site_id = r.site_id), 0)
         + row_number() over (partition by r.site_id order by r.asked_at, r.id),
       'leave', '公事外出', r.note, jsonb_build_object('day', d.day::text), r.asked_by, r.asked_at,
       case when r.granted then 'granted' when r.decided_at is not null then 'declined'
            when r.withdrawn_at is not null then 'withdrawn' else 'asked' end,
       r.decided_by, coalesce(r.decided_at, r.withdrawn_at), r.answer, r.salt, 'leave.asked'
  from floor_leaverequest r join floor_galleryday d on d.id = r.day_id;
set constraints all immediate;
"""


class Migration(migrations.Migration):
    """Every row, then the table is gone."""

    dependencies = [("floor", "0018_copies_in_pdf"), ("approvals", "0002_asked_in")]
    operations = [migrations.RunSQL(MOVE), migrations.DeleteModel("LeaveRequest")]
