-- Made by the migrations: python -m yingbin.web.server.tables
-- sha256 of their texts: 121a612e52b9919a31c46a1755c29666e4e48cb4b628a5c24bf6e56c8edca894

CREATE FUNCTION public.approvals_approval_refuse() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
declare
  words text[] := array['title', 'words', 'answer', 'salt']::text[];
begin
  if tg_op = 'TRUNCATE' and current_setting('yingbin.disposable', true) = 'on' then
    return null;
  end if;
  if tg_op = 'UPDATE' and new is distinct from old and to_jsonb(new) - words = to_jsonb(old) - words
     and not exists (
       select from unnest(words) w
        where to_jsonb(new)->>w is distinct from to_jsonb(old)->>w
          and coalesce(to_jsonb(new)->>w, '') not in ('', '{}', '[]', '（已按本人要求删除）')) then
    return new;
  end if;
  if tg_op = 'UPDATE' and to_jsonb(old)->>'status' = 'asked'
     and to_jsonb(new) - array['status', 'decided_at', 'decided_by', 'answer', 'salt', 'told_late_at']::text[] = to_jsonb(old) - array['status', 'decided_at', 'decided_by', 'answer', 'salt', 'told_late_at']::text[] then
    return new;
  end if;
  raise exception 'rows of % are final: % refused', tg_table_name, tg_op
    using errcode = 'insufficient_privilege';
end $$;
CREATE FUNCTION public.desk_answeruse_refuse() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
declare
  words text[] := array[]::text[];
begin
  if tg_op = 'TRUNCATE' and current_setting('yingbin.disposable', true) = 'on' then
    return null;
  end if;
  if tg_op = 'UPDATE' and new is distinct from old and to_jsonb(new) - words = to_jsonb(old) - words
     and not exists (
       select from unnest(words) w
        where to_jsonb(new)->>w is distinct from to_jsonb(old)->>w
          and coalesce(to_jsonb(new)->>w, '') not in ('', '{}', '[]', '（已按本人要求删除）')) then
    return new;
  end if;
  raise exception 'rows of % are final: % refused', tg_table_name, tg_op
    using errcode = 'insufficient_privilege';
end $$;
CREATE FUNCTION public.desk_answerversion_refuse() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
declare
  words text[] := array[]::text[];
begin
  if tg_op = 'TRUNCATE' and current_setting('yingbin.disposable', true) = 'on' then
    return null;
  end if;
  if tg_op = 'UPDATE' and new is distinct from old and to_jsonb(new) - words = to_jsonb(old) - words
     and not exists (
       select from unnest(words) w
        where to_jsonb(new)->>w is distinct from to_jsonb(old)->>w
          and coalesce(to_jsonb(new)->>w, '') not in ('', '{}', '[]', '（已按本人要求删除）')) then
    return new;
  end if;
  raise exception 'rows of % are final: % refused', tg_table_name, tg_op
    using errcode = 'insufficient_privilege';
end $$;
CREATE FUNCTION public.desk_callanswer_refuse() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
declare
  words text[] := array['wanted', 'salt']::text[];
begin
  if tg_op = 'TRUNCATE' and current_setting('yingbin.disposable', true) = 'on' then
    return null;
  end if;
  if tg_op = 'UPDATE' and new is distinct from old and to_jsonb(new) - words = to_jsonb(old) - words
     and not exists (
       select from unnest(words) w
        where to_jsonb(new)->>w is distinct from to_jsonb(old)->>w
          and coalesce(to_jsonb(new)->>w, '') not in ('', '{}', '[]', '（已按本人要求删除）')) then
    return new;
  end if;
  raise exception 'rows of % are final: % refused', tg_table_name, tg_op
    using errcode = 'insufficient_privilege';
end $$;
CREATE FUNCTION public.desk_callsheetcopy_refuse() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
declare
  words text[] := array[]::text[];
begin
  if tg_op = 'TRUNCATE' and current_setting('yingbin.disposable', true) = 'on' then
    return null;
  end if;
  if tg_op = 'UPDATE' and new is distinct from old and to_jsonb(new) - words = to_jsonb(old) - words
     and not exists (
       select from unnest(words) w
        where to_jsonb(new)->>w is distinct from to_jsonb(old)->>w
          and coalesce(to_jsonb(new)->>w, '') not in ('', '{}', '[]', '（已按本人要求删除）')) then
    return new;
  end if;
  raise exception 'rows of % are final: % refused', tg_table_name, tg_op
    using errcode = 'insufficient_privilege';
end $$;
CREATE FUNCTION public.desk_cashday_refuse() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
declare
  words text[] := array['why', 'salt']::text[];
begin
  if tg_op = 'TRUNCATE' and current_setting('yingbin.disposable', true) = 'on' then
    return null;
  end if;
  if tg_op = 'UPDATE' and new is distinct from old and to_jsonb(new) - words = to_jsonb(old) - words
     and not exists (
       select from unnest(words) w
        where to_jsonb(new)->>w is distinct from to_jsonb(old)->>w
          and coalesce(to_jsonb(new)->>w, '') not in ('', '{}', '[]', '（已按本人要求删除）')) then
    return new;
  end if;
  raise exception 'rows of % are final: % refused', tg_table_name, tg_op
    using errcode = 'insufficient_privilege';
end $$;
CREATE FUNCTION public.desk_cashhandover_refuse() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
declare
  words text[] := array[]::text[];
begin
  if tg_op = 'TRUNCATE' and current_setting('yingbin.disposable', true) = 'on' then
    return null;
  end if;
  if tg_op = 'UPDATE' and new is distinct from old and to_jsonb(new) - words = to_jsonb(old) - words
     and not exists (
       select from unnest(words) w
        where to_jsonb(new)->>w is distinct from to_jsonb(old)->>w
          and coalesce(to_jsonb(new)->>w, '') not in ('', '{}', '[]', '（已按本人要求删除）')) then
    return new;
  end if;
  raise exception 'rows of % are final: % refused', tg_table_name, tg_op
    using errcode = 'insufficient_privilege';
end $$;
CREATE FUNCTION public.desk_complaintcause_refuse() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
declare
  words text[] := array['words', 'salt']::text[];
begin
  if tg_op = 'TRUNCATE' and current_setting('yingbin.disposable', true) = 'on' then
    return null;
  end if;
  if tg_op = 'UPDATE' and new is distinct from old and to_jsonb(new) - words = to_jsonb(old) - words
     and not exists (
       select from unnest(words) w
        where to_jsonb(new)->>w is distinct from to_jsonb(old)->>w
          and coalesce(to_jsonb(new)->>w, '') not in ('', '{}', '[]', '（已按本人要求删除）')) then
    return new;
  end if;
  raise exception 'rows of % are final: % refused', tg_table_name, tg_op
    using errcode = 'insufficient_privilege';
end $$;
CREATE FUNCTION public.desk_completion_refuse() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
declare
  words text[] := array['strokes']::text[];
begin
  if tg_op = 'TRUNCATE' and current_setting('yingbin.disposable', true) = 'on' then
    return null;
  end if;
  if tg_op = 'UPDATE' and new is distinct from old and to_jsonb(new) - words = to_jsonb(old) - words
     and not exists (
       select from unnest(words) w
        where to_jsonb(new)->>w is distinct from to_jsonb(old)->>w
          and coalesce(to_jsonb(new)->>w, '') not in ('', '{}', '[]', '（已按本人要求删除）')) then
    return new;
  end if;
  raise exception 'rows of % are final: % refused', tg_table_name, tg_op
    using errcode = 'insufficient_privilege';
end $$;
CREATE FUNCTION public.desk_deskevent_refuse() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
declare
  words text[] := array['words', 'salt']::text[];
begin
  if tg_op = 'TRUNCATE' and current_setting('yingbin.disposable', true) = 'on' then
    return null;
  end if;
  if tg_op = 'UPDATE' and new is distinct from old and to_jsonb(new) - words = to_jsonb(old) - words
     and not exists (
       select from unnest(words) w
        where to_jsonb(new)->>w is distinct from to_jsonb(old)->>w
          and coalesce(to_jsonb(new)->>w, '') not in ('', '{}', '[]', '（已按本人要求删除）')) then
    return new;
  end if;
  raise exception 'rows of % are final: % refused', tg_table_name, tg_op
    using errcode = 'insufficient_privilege';
end $$;
CREATE FUNCTION public.desk_desknote_refuse() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
declare
  words text[] := array['words', 'salt']::text[];
begin
  if tg_op = 'TRUNCATE' and current_setting('yingbin.disposable', true) = 'on' then
    return null;
  end if;
  if tg_op = 'UPDATE' and new is distinct from old and to_jsonb(new) - words = to_jsonb(old) - words
     and not exists (
       select from unnest(words) w
        where to_jsonb(new)->>w is distinct from to_jsonb(old)->>w
          and coalesce(to_jsonb(new)->>w, '') not in ('', '{}', '[]', '（已按本人要求删除）')) then
    return new;
  end if;
  raise exception 'rows of % are final: % refused', tg_table_name, tg_op
    using errcode = 'insufficient_privilege';
end $$;
CREATE FUNCTION public.desk_deskoffice_refuse() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
declare
  words text[] := array[]::text[];
begin
  if tg_op = 'TRUNCATE' and current_setting('yingbin.disposable', true) = 'on' then
    return null;
  end if;
  if tg_op = 'UPDATE' and new is distinct from old and to_jsonb(new) - words = to_jsonb(old) - words
     and not exists (
       select from unnest(words) w
        where to_jsonb(new)->>w is distinct from to_jsonb(old)->>w
          and coalesce(to_jsonb(new)->>w, '') not in ('', '{}', '[]', '（已按本人要求删除）')) then
    return new;
  end if;
  raise exception 'rows of % are final: % refused', tg_table_name, tg_op
    using errcode = 'insufficient_privilege';
end $$;
CREATE FUNCTION public.desk_payment_refuse() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
declare
  words text[] := array['why', 'salt']::text[];
begin
  if tg_op = 'TRUNCATE' and current_setting('yingbin.disposable', true) = 'on' then
    return null;
  end if;
  if tg_op = 'UPDATE' and new is distinct from old and to_jsonb(new) - words = to_jsonb(old) - words
     and not exists (
       select from unnest(words) w
        where to_jsonb(new)->>w is distinct from to_jsonb(old)->>w
          and coalesce(to_jsonb(new)->>w, '') not in ('', '{}', '[]', '（已按本人要求删除）')) then
    return new;
  end if;
  raise exception 'rows of % are final: % refused', tg_table_name, tg_op
    using errcode = 'insufficient_privilege';
end $$;
CREATE FUNCTION public.desk_pricelist_refuse() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
declare
  words text[] := array[]::text[];
begin
  if tg_op = 'TRUNCATE' and current_setting('yingbin.disposable', true) = 'on' then
    return null;
  end if;
  if tg_op = 'UPDATE' and new is distinct from old and to_jsonb(new) - words = to_jsonb(old) - words
     and not exists (
       select from unnest(words) w
        where to_jsonb(new)->>w is distinct from to_jsonb(old)->>w
          and coalesce(to_jsonb(new)->>w, '') not in ('', '{}', '[]', '（已按本人要求删除）')) then
    return new;
  end if;
  raise exception 'rows of % are final: % refused', tg_table_name, tg_op
    using errcode = 'insufficient_privilege';
end $$;
CREATE FUNCTION public.desk_quote_refuse() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
declare
  words text[] := array['words', 'salt']::text[];
begin
  if tg_op = 'TRUNCATE' and current_setting('yingbin.disposable', true) = 'on' then
    return null;
  end if;
  if tg_op = 'UPDATE' and new is distinct from old and to_jsonb(new) - words = to_jsonb(old) - words
     and not exists (
       select from unnest(words) w
        where to_jsonb(new)->>w is distinct from to_jsonb(old)->>w
          and coalesce(to_jsonb(new)->>w, '') not in ('', '{}', '[]', '（已按本人要求删除）')) then
    return new;
  end if;
  raise exception 'rows of % are final: % refused', tg_table_name, tg_op
    using errcode = 'insufficient_privilege';
end $$;
CREATE FUNCTION public.desk_quoteanswer_refuse() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
declare
  words text[] := array['strokes']::text[];
begin
  if tg_op = 'TRUNCATE' and current_setting('yingbin.disposable', true) = 'on' then
    return null;
  end if;
  if tg_op = 'UPDATE' and new is distinct from old and to_jsonb(new) - words = to_jsonb(old) - words
     and not exists (
       select from unnest(words) w
        where to_jsonb(new)->>w is distinct from to_jsonb(old)->>w
          and coalesce(to_jsonb(new)->>w, '') not in ('', '{}', '[]', '（已按本人要求删除）')) then
    return new;
  end if;
  raise exception 'rows of % are final: % refused', tg_table_name, tg_op
    using errcode = 'insufficient_privilege';
end $$;
CREATE FUNCTION public.desk_reduction_refuse() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
declare
  words text[] := array[]::text[];
begin
  if tg_op = 'TRUNCATE' and current_setting('yingbin.disposable', true) = 'on' then
    return null;
  end if;
  if tg_op = 'UPDATE' and new is distinct from old and to_jsonb(new) - words = to_jsonb(old) - words
     and not exists (
       select from unnest(words) w
        where to_jsonb(new)->>w is distinct from to_jsonb(old)->>w
          and coalesce(to_jsonb(new)->>w, '') not in ('', '{}', '[]', '（已按本人要求删除）')) then
    return new;
  end if;
  raise exception 'rows of % are final: % refused', tg_table_name, tg_op
    using errcode = 'insufficient_privilege';
end $$;
CREATE FUNCTION public.desk_registercopy_refuse() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
declare
  words text[] := array[]::text[];
begin
  if tg_op = 'TRUNCATE' and current_setting('yingbin.disposable', true) = 'on' then
    return null;
  end if;
  if tg_op = 'UPDATE' and new is distinct from old and to_jsonb(new) - words = to_jsonb(old) - words
     and not exists (
       select from unnest(words) w
        where to_jsonb(new)->>w is distinct from to_jsonb(old)->>w
          and coalesce(to_jsonb(new)->>w, '') not in ('', '{}', '[]', '（已按本人要求删除）')) then
    return new;
  end if;
  raise exception 'rows of % are final: % refused', tg_table_name, tg_op
    using errcode = 'insufficient_privilege';
end $$;
CREATE FUNCTION public.desk_stockmove_refuse() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
declare
  words text[] := array['words', 'salt']::text[];
begin
  if tg_op = 'TRUNCATE' and current_setting('yingbin.disposable', true) = 'on' then
    return null;
  end if;
  if tg_op = 'UPDATE' and new is distinct from old and to_jsonb(new) - words = to_jsonb(old) - words
     and not exists (
       select from unnest(words) w
        where to_jsonb(new)->>w is distinct from to_jsonb(old)->>w
          and coalesce(to_jsonb(new)->>w, '') not in ('', '{}', '[]', '（已按本人要求删除）')) then
    return new;
  end if;
  raise exception 'rows of % are final: % refused', tg_table_name, tg_op
    using errcode = 'insufficient_privilege';
end $$;
CREATE FUNCTION public.duty_checkanswer_refuse() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
declare
  words text[] := array[]::text[];
begin
  if tg_op = 'TRUNCATE' and current_setting('yingbin.disposable', true) = 'on' then
    return null;
  end if;
  if tg_op = 'UPDATE' and new is distinct from old and to_jsonb(new) - words = to_jsonb(old) - words
     and not exists (
       select from unnest(words) w
        where to_jsonb(new)->>w is distinct from to_jsonb(old)->>w
          and coalesce(to_jsonb(new)->>w, '') not in ('', '{}', '[]', '（已按本人要求删除）')) then
    return new;
  end if;
  raise exception 'rows of % are final: % refused', tg_table_name, tg_op
    using errcode = 'insufficient_privilege';
end $$;
CREATE FUNCTION public.duty_checklist_refuse() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
declare
  words text[] := array[]::text[];
begin
  if tg_op = 'TRUNCATE' and current_setting('yingbin.disposable', true) = 'on' then
    return null;
  end if;
  if tg_op = 'UPDATE' and new is distinct from old and to_jsonb(new) - words = to_jsonb(old) - words
     and not exists (
       select from unnest(words) w
        where to_jsonb(new)->>w is distinct from to_jsonb(old)->>w
          and coalesce(to_jsonb(new)->>w, '') not in ('', '{}', '[]', '（已按本人要求删除）')) then
    return new;
  end if;
  raise exception 'rows of % are final: % refused', tg_table_name, tg_op
    using errcode = 'insufficient_privilege';
end $$;
CREATE FUNCTION public.duty_checkreturn_refuse() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
declare
  words text[] := array['word', 'salt']::text[];
begin
  if tg_op = 'TRUNCATE' and current_setting('yingbin.disposable', true) = 'on' then
    return null;
  end if;
  if tg_op = 'UPDATE' and new is distinct from old and to_jsonb(new) - words = to_jsonb(old) - words
     and not exists (
       select from unnest(words) w
        where to_jsonb(new)->>w is distinct from to_jsonb(old)->>w
          and coalesce(to_jsonb(new)->>w, '') not in ('', '{}', '[]', '（已按本人要求删除）')) then
    return new;
  end if;
  raise exception 'rows of % are final: % refused', tg_table_name, tg_op
    using errcode = 'insufficient_privilege';
end $$;
CREATE FUNCTION public.duty_dutyalert_refuse() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
declare
  words text[] := array[]::text[];
begin
  if tg_op = 'TRUNCATE' and current_setting('yingbin.disposable', true) = 'on' then
    return null;
  end if;
  if tg_op = 'UPDATE' and new is distinct from old and to_jsonb(new) - words = to_jsonb(old) - words
     and not exists (
       select from unnest(words) w
        where to_jsonb(new)->>w is distinct from to_jsonb(old)->>w
          and coalesce(to_jsonb(new)->>w, '') not in ('', '{}', '[]', '（已按本人要求删除）')) then
    return new;
  end if;
  raise exception 'rows of % are final: % refused', tg_table_name, tg_op
    using errcode = 'insufficient_privilege';
end $$;
CREATE FUNCTION public.duty_dutyevent_refuse() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
declare
  words text[] := array['words', 'salt']::text[];
begin
  if tg_op = 'TRUNCATE' and current_setting('yingbin.disposable', true) = 'on' then
    return null;
  end if;
  if tg_op = 'UPDATE' and new is distinct from old and to_jsonb(new) - words = to_jsonb(old) - words
     and not exists (
       select from unnest(words) w
        where to_jsonb(new)->>w is distinct from to_jsonb(old)->>w
          and coalesce(to_jsonb(new)->>w, '') not in ('', '{}', '[]', '（已按本人要求删除）')) then
    return new;
  end if;
  raise exception 'rows of % are final: % refused', tg_table_name, tg_op
    using errcode = 'insufficient_privilege';
end $$;
CREATE FUNCTION public.duty_emergencyprocedure_refuse() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
declare
  words text[] := array[]::text[];
begin
  if tg_op = 'TRUNCATE' and current_setting('yingbin.disposable', true) = 'on' then
    return null;
  end if;
  if tg_op = 'UPDATE' and new is distinct from old and to_jsonb(new) - words = to_jsonb(old) - words
     and not exists (
       select from unnest(words) w
        where to_jsonb(new)->>w is distinct from to_jsonb(old)->>w
          and coalesce(to_jsonb(new)->>w, '') not in ('', '{}', '[]', '（已按本人要求删除）')) then
    return new;
  end if;
  raise exception 'rows of % are final: % refused', tg_table_name, tg_op
    using errcode = 'insufficient_privilege';
end $$;
CREATE FUNCTION public.duty_flatfacts_refuse() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
declare
  words text[] := array[]::text[];
begin
  if tg_op = 'TRUNCATE' and current_setting('yingbin.disposable', true) = 'on' then
    return null;
  end if;
  if tg_op = 'UPDATE' and new is distinct from old and to_jsonb(new) - words = to_jsonb(old) - words
     and not exists (
       select from unnest(words) w
        where to_jsonb(new)->>w is distinct from to_jsonb(old)->>w
          and coalesce(to_jsonb(new)->>w, '') not in ('', '{}', '[]', '（已按本人要求删除）')) then
    return new;
  end if;
  raise exception 'rows of % are final: % refused', tg_table_name, tg_op
    using errcode = 'insufficient_privilege';
end $$;
CREATE FUNCTION public.duty_handover_refuse() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
declare
  words text[] := array[]::text[];
begin
  if tg_op = 'TRUNCATE' and current_setting('yingbin.disposable', true) = 'on' then
    return null;
  end if;
  if tg_op = 'UPDATE' and new is distinct from old and to_jsonb(new) - words = to_jsonb(old) - words
     and not exists (
       select from unnest(words) w
        where to_jsonb(new)->>w is distinct from to_jsonb(old)->>w
          and coalesce(to_jsonb(new)->>w, '') not in ('', '{}', '[]', '（已按本人要求删除）')) then
    return new;
  end if;
  raise exception 'rows of % are final: % refused', tg_table_name, tg_op
    using errcode = 'insufficient_privilege';
end $$;
CREATE FUNCTION public.duty_handovernote_refuse() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
declare
  words text[] := array['words', 'salt']::text[];
begin
  if tg_op = 'TRUNCATE' and current_setting('yingbin.disposable', true) = 'on' then
    return null;
  end if;
  if tg_op = 'UPDATE' and new is distinct from old and to_jsonb(new) - words = to_jsonb(old) - words
     and not exists (
       select from unnest(words) w
        where to_jsonb(new)->>w is distinct from to_jsonb(old)->>w
          and coalesce(to_jsonb(new)->>w, '') not in ('', '{}', '[]', '（已按本人要求删除）')) then
    return new;
  end if;
  raise exception 'rows of % are final: % refused', tg_table_name, tg_op
    using errcode = 'insufficient_privilege';
end $$;
CREATE FUNCTION public.duty_handoversignature_refuse() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
declare
  words text[] := array[]::text[];
begin
  if tg_op = 'TRUNCATE' and current_setting('yingbin.disposable', true) = 'on' then
    return null;
  end if;
  if tg_op = 'UPDATE' and new is distinct from old and to_jsonb(new) - words = to_jsonb(old) - words
     and not exists (
       select from unnest(words) w
        where to_jsonb(new)->>w is distinct from to_jsonb(old)->>w
          and coalesce(to_jsonb(new)->>w, '') not in ('', '{}', '[]', '（已按本人要求删除）')) then
    return new;
  end if;
  raise exception 'rows of % are final: % refused', tg_table_name, tg_op
    using errcode = 'insufficient_privilege';
end $$;
CREATE FUNCTION public.duty_incidentnote_refuse() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
declare
  words text[] := array['words', 'salt']::text[];
begin
  if tg_op = 'TRUNCATE' and current_setting('yingbin.disposable', true) = 'on' then
    return null;
  end if;
  if tg_op = 'UPDATE' and new is distinct from old and to_jsonb(new) - words = to_jsonb(old) - words
     and not exists (
       select from unnest(words) w
        where to_jsonb(new)->>w is distinct from to_jsonb(old)->>w
          and coalesce(to_jsonb(new)->>w, '') not in ('', '{}', '[]', '（已按本人要求删除）')) then
    return new;
  end if;
  raise exception 'rows of % are final: % refused', tg_table_name, tg_op
    using errcode = 'insufficient_privilege';
end $$;
CREATE FUNCTION public.duty_linedetail_refuse() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
declare
  words text[] := array['present', 'salt']::text[];
begin
  if tg_op = 'TRUNCATE' and current_setting('yingbin.disposable', true) = 'on' then
    return null;
  end if;
  if tg_op = 'UPDATE' and new is distinct from old and to_jsonb(new) - words = to_jsonb(old) - words
     and not exists (
       select from unnest(words) w
        where to_jsonb(new)->>w is distinct from to_jsonb(old)->>w
          and coalesce(to_jsonb(new)->>w, '') not in ('', '{}', '[]', '（已按本人要求删除）')) then
    return new;
  end if;
  raise exception 'rows of % are final: % refused', tg_table_name, tg_op
    using errcode = 'insufficient_privilege';
end $$;
CREATE FUNCTION public.duty_matchconfirmation_refuse() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
declare
  words text[] := array['word', 'salt']::text[];
begin
  if tg_op = 'TRUNCATE' and current_setting('yingbin.disposable', true) = 'on' then
    return null;
  end if;
  if tg_op = 'UPDATE' and new is distinct from old and to_jsonb(new) - words = to_jsonb(old) - words
     and not exists (
       select from unnest(words) w
        where to_jsonb(new)->>w is distinct from to_jsonb(old)->>w
          and coalesce(to_jsonb(new)->>w, '') not in ('', '{}', '[]', '（已按本人要求删除）')) then
    return new;
  end if;
  raise exception 'rows of % are final: % refused', tg_table_name, tg_op
    using errcode = 'insufficient_privilege';
end $$;
CREATE FUNCTION public.duty_matchsettlement_refuse() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
declare
  words text[] := array['word', 'salt']::text[];
begin
  if tg_op = 'TRUNCATE' and current_setting('yingbin.disposable', true) = 'on' then
    return null;
  end if;
  if tg_op = 'UPDATE' and new is distinct from old and to_jsonb(new) - words = to_jsonb(old) - words
     and not exists (
       select from unnest(words) w
        where to_jsonb(new)->>w is distinct from to_jsonb(old)->>w
          and coalesce(to_jsonb(new)->>w, '') not in ('', '{}', '[]', '（已按本人要求删除）')) then
    return new;
  end if;
  raise exception 'rows of % are final: % refused', tg_table_name, tg_op
    using errcode = 'insufficient_privilege';
end $$;
CREATE FUNCTION public.duty_sharedchecklist_refuse() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
declare
  words text[] := array[]::text[];
begin
  if tg_op = 'TRUNCATE' and current_setting('yingbin.disposable', true) = 'on' then
    return null;
  end if;
  if tg_op = 'UPDATE' and new is distinct from old and to_jsonb(new) - words = to_jsonb(old) - words
     and not exists (
       select from unnest(words) w
        where to_jsonb(new)->>w is distinct from to_jsonb(old)->>w
          and coalesce(to_jsonb(new)->>w, '') not in ('', '{}', '[]', '（已按本人要求删除）')) then
    return new;
  end if;
  raise exception 'rows of % are final: % refused', tg_table_name, tg_op
    using errcode = 'insufficient_privilege';
end $$;
CREATE FUNCTION public.duty_visitmatching_refuse() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
declare
  words text[] := array[]::text[];
begin
  if tg_op = 'TRUNCATE' and current_setting('yingbin.disposable', true) = 'on' then
    return null;
  end if;
  if tg_op = 'UPDATE' and new is distinct from old and to_jsonb(new) - words = to_jsonb(old) - words
     and not exists (
       select from unnest(words) w
        where to_jsonb(new)->>w is distinct from to_jsonb(old)->>w
          and coalesce(to_jsonb(new)->>w, '') not in ('', '{}', '[]', '（已按本人要求删除）')) then
    return new;
  end if;
  raise exception 'rows of % are final: % refused', tg_table_name, tg_op
    using errcode = 'insufficient_privilege';
end $$;
CREATE FUNCTION public.files_refuse() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
declare
  may_change text[] := array['about_id', 'customer_id', 'attached_at', 'purpose', 'held', 'gone_at', 'gone_why', 'wiped_at'];
begin
  if tg_op = 'TRUNCATE' and current_setting('yingbin.disposable', true) = 'on' then
    return null;
  end if;
  if tg_op = 'UPDATE' and to_jsonb(old) - may_change = to_jsonb(new) - may_change
     and (old.attached_at is null
          or (new.attached_at, new.about_id, new.purpose)
             is not distinct from (old.attached_at, old.about_id, old.purpose))
     and not ((old.held or new.held) and new.gone_at is not null)
     and (old.gone_at is null
          or (new.gone_at, new.gone_why) is not distinct from (old.gone_at, old.gone_why))
     and (old.wiped_at is null or new.wiped_at is not distinct from old.wiped_at) then
    return new;
  end if;
  raise exception 'what a file is is final: % on % refused', tg_op, tg_table_name
    using errcode = 'insufficient_privilege';
end $$;
CREATE FUNCTION public.floor_decided_refuse() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
begin
  if tg_op = 'TRUNCATE' and current_setting('yingbin.disposable', true) = 'on' then
    return null;
  end if;
  if tg_op = 'UPDATE' and tg_table_name = 'floor_turnevent' then
    if old.salt <> '' and new.salt = '' and new.event->>'reason' = '（已按本人要求删除）'
       and new.event - 'reason' = old.event - 'reason'
       and to_jsonb(new) - 'event' - 'salt' = to_jsonb(old) - 'event' - 'salt' then
      return new;
    end if;
  elsif tg_op = 'UPDATE' and tg_table_name = 'floor_turndecision' then
    if position('（已按本人要求删除）' in new.because) > 0
       and to_jsonb(new) - 'because' = to_jsonb(old) - 'because'
       and exists (select 1 from floor_turnevent e where e.id = new.event_id
                   and e.salt = '' and e.event->>'reason' = '（已按本人要求删除）') then
      return new;
    end if;
  end if;
  raise exception 'what was decided is final: % on % refused', tg_op, tg_table_name
    using errcode = 'insufficient_privilege';
end $$;
CREATE FUNCTION public.floor_register_refuse() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
begin
  if tg_op = 'TRUNCATE' and current_setting('yingbin.disposable', true) = 'on' then
    return null;
  end if;
  raise exception 'the visitors'' register is final: % on % refused', tg_op, tg_table_name
    using errcode = 'insufficient_privilege';
end $$;
CREATE FUNCTION public.floor_register_words_erase() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
begin
  if old.erased_at is null and new.erased_at is not null and new.words is null and new.salt = ''
     and new.entry_id = old.entry_id and new.site_id = old.site_id then
    return new;
  end if;
  raise exception 'the visitors'' register is final: words can only be erased'
    using errcode = 'insufficient_privilege';
end $$;
CREATE FUNCTION public.journal_refuse() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
begin
  if tg_op = 'TRUNCATE' and current_setting('yingbin.disposable', true) = 'on' then
    return null;
  end if;
  raise exception 'the journal is append-only: % on % refused', tg_op, tg_table_name
    using errcode = 'insufficient_privilege';
end $$;
CREATE FUNCTION public.matters_recusal_refuse() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
declare
  words text[] := array[]::text[];
begin
  if tg_op = 'TRUNCATE' and current_setting('yingbin.disposable', true) = 'on' then
    return null;
  end if;
  if tg_op = 'UPDATE' and new is distinct from old and to_jsonb(new) - words = to_jsonb(old) - words
     and not exists (
       select from unnest(words) w
        where to_jsonb(new)->>w is distinct from to_jsonb(old)->>w
          and coalesce(to_jsonb(new)->>w, '') not in ('', '{}', '[]', '（已按本人要求删除）')) then
    return new;
  end if;
  raise exception 'rows of % are final: % refused', tg_table_name, tg_op
    using errcode = 'insufficient_privilege';
end $$;
CREATE FUNCTION public.matters_recusalend_refuse() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
declare
  words text[] := array[]::text[];
begin
  if tg_op = 'TRUNCATE' and current_setting('yingbin.disposable', true) = 'on' then
    return null;
  end if;
  if tg_op = 'UPDATE' and new is distinct from old and to_jsonb(new) - words = to_jsonb(old) - words
     and not exists (
       select from unnest(words) w
        where to_jsonb(new)->>w is distinct from to_jsonb(old)->>w
          and coalesce(to_jsonb(new)->>w, '') not in ('', '{}', '[]', '（已按本人要求删除）')) then
    return new;
  end if;
  raise exception 'rows of % are final: % refused', tg_table_name, tg_op
    using errcode = 'insufficient_privilege';
end $$;
CREATE FUNCTION public.sheets_erase() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
begin
  if old.erased_at is null and new.erased_at is not null and new.words is null and new.salt = ''
     and new.entry_id = old.entry_id and new.site_id = old.site_id then
    return new;
  end if;
  raise exception 'a signed sheet is final: words can only be erased'
    using errcode = 'insufficient_privilege';
end $$;
CREATE FUNCTION public.sheets_refuse() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
begin
  if tg_op = 'TRUNCATE' and current_setting('yingbin.disposable', true) = 'on' then
    return null;
  end if;
  raise exception 'a signed sheet is final: % on % refused', tg_op, tg_table_name
    using errcode = 'insufficient_privilege';
end $$;
CREATE FUNCTION public.tours_breachcopy_refuse() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
declare
  words text[] := array[]::text[];
begin
  if tg_op = 'TRUNCATE' and current_setting('yingbin.disposable', true) = 'on' then
    return null;
  end if;
  if tg_op = 'UPDATE' and new is distinct from old and to_jsonb(new) - words = to_jsonb(old) - words
     and not exists (
       select from unnest(words) w
        where to_jsonb(new)->>w is distinct from to_jsonb(old)->>w
          and coalesce(to_jsonb(new)->>w, '') not in ('', '{}', '[]', '（已按本人要求删除）')) then
    return new;
  end if;
  raise exception 'rows of % are final: % refused', tg_table_name, tg_op
    using errcode = 'insufficient_privilege';
end $$;
CREATE FUNCTION public.tours_breachstep_refuse() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
declare
  words text[] := array['words', 'salt']::text[];
begin
  if tg_op = 'TRUNCATE' and current_setting('yingbin.disposable', true) = 'on' then
    return null;
  end if;
  if tg_op = 'UPDATE' and new is distinct from old and to_jsonb(new) - words = to_jsonb(old) - words
     and not exists (
       select from unnest(words) w
        where to_jsonb(new)->>w is distinct from to_jsonb(old)->>w
          and coalesce(to_jsonb(new)->>w, '') not in ('', '{}', '[]', '（已按本人要求删除）')) then
    return new;
  end if;
  raise exception 'rows of % are final: % refused', tg_table_name, tg_op
    using errcode = 'insufficient_privilege';
end $$;
CREATE FUNCTION public.tours_gateevent_refuse() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
declare
  words text[] := array['words', 'salt']::text[];
begin
  if tg_op = 'TRUNCATE' and current_setting('yingbin.disposable', true) = 'on' then
    return null;
  end if;
  if tg_op = 'UPDATE' and new is distinct from old and to_jsonb(new) - words = to_jsonb(old) - words
     and not exists (
       select from unnest(words) w
        where to_jsonb(new)->>w is distinct from to_jsonb(old)->>w
          and coalesce(to_jsonb(new)->>w, '') not in ('', '{}', '[]', '（已按本人要求删除）')) then
    return new;
  end if;
  raise exception 'rows of % are final: % refused', tg_table_name, tg_op
    using errcode = 'insufficient_privilege';
end $$;
CREATE FUNCTION public.tours_guestlook_refuse() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
declare
  words text[] := array[]::text[];
begin
  if tg_op = 'TRUNCATE' and current_setting('yingbin.disposable', true) = 'on' then
    return null;
  end if;
  if tg_op = 'UPDATE' and new is distinct from old and to_jsonb(new) - words = to_jsonb(old) - words
     and not exists (
       select from unnest(words) w
        where to_jsonb(new)->>w is distinct from to_jsonb(old)->>w
          and coalesce(to_jsonb(new)->>w, '') not in ('', '{}', '[]', '（已按本人要求删除）')) then
    return new;
  end if;
  raise exception 'rows of % are final: % refused', tg_table_name, tg_op
    using errcode = 'insufficient_privilege';
end $$;
CREATE FUNCTION public.tours_hostingevent_refuse() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
declare
  words text[] := array['words', 'salt']::text[];
begin
  if tg_op = 'TRUNCATE' and current_setting('yingbin.disposable', true) = 'on' then
    return null;
  end if;
  if tg_op = 'UPDATE' and new is distinct from old and to_jsonb(new) - words = to_jsonb(old) - words
     and not exists (
       select from unnest(words) w
        where to_jsonb(new)->>w is distinct from to_jsonb(old)->>w
          and coalesce(to_jsonb(new)->>w, '') not in ('', '{}', '[]', '（已按本人要求删除）')) then
    return new;
  end if;
  raise exception 'rows of % are final: % refused', tg_table_name, tg_op
    using errcode = 'insufficient_privilege';
end $$;
CREATE FUNCTION public.tours_passpaper_refuse() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
declare
  words text[] := array[]::text[];
begin
  if tg_op = 'TRUNCATE' and current_setting('yingbin.disposable', true) = 'on' then
    return null;
  end if;
  if tg_op = 'UPDATE' and new is distinct from old and to_jsonb(new) - words = to_jsonb(old) - words
     and not exists (
       select from unnest(words) w
        where to_jsonb(new)->>w is distinct from to_jsonb(old)->>w
          and coalesce(to_jsonb(new)->>w, '') not in ('', '{}', '[]', '（已按本人要求删除）')) then
    return new;
  end if;
  raise exception 'rows of % are final: % refused', tg_table_name, tg_op
    using errcode = 'insufficient_privilege';
end $$;
CREATE FUNCTION public.tours_passrevision_refuse() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
declare
  visit record;
begin
  if tg_op = 'TRUNCATE' and current_setting('yingbin.disposable', true) = 'on' then
    return null;
  end if;
  if tg_op = 'UPDATE' and to_jsonb(new) - array['fate', 'fate_seq', 'fate_at', 'fate_by']
                        = to_jsonb(old) - array['fate', 'fate_seq', 'fate_at', 'fate_by']
     and new.fate <> 'outstanding' and not (old.fate in ('void', 'returned') and new.fate <> old.fate) then
    return new;
  end if;
  if tg_op <> 'INSERT' then
    raise exception 'what a pass says is final: % refused', tg_op using errcode = 'insufficient_privilege';
  end if;
  select v.status, v.open_areas into visit
    from tours_tourvisit v join tours_visitorpass p on p.visit_id = v.id
   where p.id = new.visitor_pass_id and p.site_id = new.site_id and v.site_id = new.site_id;
  if visit.status is distinct from 'approved' then
    raise exception 'no pass before the visit is approved: refused' using errcode = 'insufficient_privilege';
  end if;
  if new.areas = '{}' or not new.areas::text[] <@ visit.open_areas::text[] then
    raise exception 'no pass for an area that is not open: refused' using errcode = 'insufficient_privilege';
  end if;
  return new;
end $$;
CREATE FUNCTION public.tours_tourevent_refuse() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
declare
  words text[] := array['words', 'salt']::text[];
begin
  if tg_op = 'TRUNCATE' and current_setting('yingbin.disposable', true) = 'on' then
    return null;
  end if;
  if tg_op = 'UPDATE' and new is distinct from old and to_jsonb(new) - words = to_jsonb(old) - words
     and not exists (
       select from unnest(words) w
        where to_jsonb(new)->>w is distinct from to_jsonb(old)->>w
          and coalesce(to_jsonb(new)->>w, '') not in ('', '{}', '[]', '（已按本人要求删除）')) then
    return new;
  end if;
  raise exception 'rows of % are final: % refused', tg_table_name, tg_op
    using errcode = 'insufficient_privilege';
end $$;
CREATE FUNCTION public.tours_tourguest_refuse() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
declare
  words text[] := array['name', 'phone', 'role', 'paper', 'care_of', 'why', 'salt']::text[];
begin
  if tg_op = 'TRUNCATE' and current_setting('yingbin.disposable', true) = 'on' then
    return null;
  end if;
  if tg_op = 'UPDATE' and new is distinct from old and to_jsonb(new) - words = to_jsonb(old) - words
     and not exists (
       select from unnest(words) w
        where to_jsonb(new)->>w is distinct from to_jsonb(old)->>w
          and coalesce(to_jsonb(new)->>w, '') not in ('', '{}', '[]', '（已按本人要求删除）')) then
    return new;
  end if;
  if tg_op = 'UPDATE' and to_jsonb(old)->>'stands' = 'listed'
     and to_jsonb(new) - array['stands', 'gone_seq', 'gone_at', 'gone_by']::text[] = to_jsonb(old) - array['stands', 'gone_seq', 'gone_at', 'gone_by']::text[] then
    return new;
  end if;
  raise exception 'rows of % are final: % refused', tg_table_name, tg_op
    using errcode = 'insufficient_privilege';
end $$;
CREATE FUNCTION public.tours_touroffice_refuse() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
declare
  words text[] := array[]::text[];
begin
  if tg_op = 'TRUNCATE' and current_setting('yingbin.disposable', true) = 'on' then
    return null;
  end if;
  if tg_op = 'UPDATE' and new is distinct from old and to_jsonb(new) - words = to_jsonb(old) - words
     and not exists (
       select from unnest(words) w
        where to_jsonb(new)->>w is distinct from to_jsonb(old)->>w
          and coalesce(to_jsonb(new)->>w, '') not in ('', '{}', '[]', '（已按本人要求删除）')) then
    return new;
  end if;
  raise exception 'rows of % are final: % refused', tg_table_name, tg_op
    using errcode = 'insufficient_privilege';
end $$;
CREATE FUNCTION public.tours_visitclearing_refuse() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
declare
  words text[] := array[]::text[];
begin
  if tg_op = 'TRUNCATE' and current_setting('yingbin.disposable', true) = 'on' then
    return null;
  end if;
  if tg_op = 'UPDATE' and new is distinct from old and to_jsonb(new) - words = to_jsonb(old) - words
     and not exists (
       select from unnest(words) w
        where to_jsonb(new)->>w is distinct from to_jsonb(old)->>w
          and coalesce(to_jsonb(new)->>w, '') not in ('', '{}', '[]', '（已按本人要求删除）')) then
    return new;
  end if;
  raise exception 'rows of % are final: % refused', tg_table_name, tg_op
    using errcode = 'insufficient_privilege';
end $$;
CREATE TABLE public.account_emailaddress (
    id integer NOT NULL,
    email character varying(254) NOT NULL,
    verified boolean NOT NULL,
    "primary" boolean NOT NULL,
    user_id uuid NOT NULL
);
ALTER TABLE public.account_emailaddress ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.account_emailaddress_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.account_emailconfirmation (
    id integer NOT NULL,
    created timestamp with time zone NOT NULL,
    sent timestamp with time zone,
    key character varying(64) NOT NULL,
    email_address_id integer NOT NULL
);
ALTER TABLE public.account_emailconfirmation ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.account_emailconfirmation_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.approvals_approval (
    id uuid NOT NULL,
    number integer NOT NULL,
    kind character varying(30) NOT NULL,
    title character varying(80) NOT NULL,
    words character varying(500) NOT NULL,
    about jsonb NOT NULL,
    customer_id uuid,
    asked_by uuid NOT NULL,
    for_whom uuid,
    asked_at timestamp with time zone NOT NULL,
    due_at timestamp with time zone,
    told_late_at timestamp with time zone,
    status character varying(10) NOT NULL,
    decided_by uuid,
    decided_at timestamp with time zone,
    answer character varying(500) NOT NULL,
    salt character varying(32) NOT NULL,
    site_id uuid NOT NULL,
    asked_in character varying(30) NOT NULL,
    CONSTRAINT approvals_approval_number_check CHECK ((number >= 0)),
    CONSTRAINT nobody_decides_their_own CHECK (((decided_by IS NULL) OR (NOT ((decided_by = asked_by) AND (decided_by IS NOT NULL)))))
);
CREATE TABLE public.auth_group (
    id integer NOT NULL,
    name character varying(150) NOT NULL
);
ALTER TABLE public.auth_group ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.auth_group_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.auth_group_permissions (
    id bigint NOT NULL,
    group_id integer NOT NULL,
    permission_id integer NOT NULL
);
ALTER TABLE public.auth_group_permissions ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.auth_group_permissions_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.auth_permission (
    id integer NOT NULL,
    name character varying(255) NOT NULL,
    content_type_id integer NOT NULL,
    codename character varying(100) NOT NULL
);
ALTER TABLE public.auth_permission ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.auth_permission_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.axes_accessattempt (
    id integer NOT NULL,
    user_agent character varying(255) NOT NULL,
    ip_address inet,
    username character varying(255),
    http_accept character varying(1025) NOT NULL,
    path_info character varying(255) NOT NULL,
    attempt_time timestamp with time zone NOT NULL,
    get_data text NOT NULL,
    post_data text NOT NULL,
    failures_since_start integer NOT NULL,
    CONSTRAINT axes_accessattempt_failures_since_start_check CHECK ((failures_since_start >= 0))
);
ALTER TABLE public.axes_accessattempt ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.axes_accessattempt_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.axes_accessattemptexpiration (
    access_attempt_id integer NOT NULL,
    expires_at timestamp with time zone NOT NULL
);
CREATE TABLE public.axes_accessfailurelog (
    id integer NOT NULL,
    user_agent character varying(255) NOT NULL,
    ip_address inet,
    username character varying(255),
    http_accept character varying(1025) NOT NULL,
    path_info character varying(255) NOT NULL,
    attempt_time timestamp with time zone NOT NULL,
    locked_out boolean NOT NULL
);
ALTER TABLE public.axes_accessfailurelog ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.axes_accessfailurelog_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.axes_accesslog (
    id integer NOT NULL,
    user_agent character varying(255) NOT NULL,
    ip_address inet,
    username character varying(255),
    http_accept character varying(1025) NOT NULL,
    path_info character varying(255) NOT NULL,
    attempt_time timestamp with time zone NOT NULL,
    logout_time timestamp with time zone,
    session_hash character varying(64) NOT NULL
);
ALTER TABLE public.axes_accesslog ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.axes_accesslog_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.customers_consent (
    id uuid NOT NULL,
    given boolean NOT NULL,
    wording_version character varying(20) NOT NULL,
    how character varying(8) NOT NULL,
    seq bigint NOT NULL,
    at timestamp with time zone NOT NULL,
    by uuid,
    site_id uuid NOT NULL,
    customer_id uuid NOT NULL
);
CREATE TABLE public.customers_consentwording (
    id uuid NOT NULL,
    version character varying(20) NOT NULL,
    text character varying(600) NOT NULL,
    seq bigint NOT NULL,
    at timestamp with time zone NOT NULL,
    by uuid,
    site_id uuid NOT NULL
);
CREATE TABLE public.customers_customer (
    id uuid NOT NULL,
    number integer NOT NULL,
    title character varying(2) NOT NULL,
    note character varying(500) NOT NULL,
    terms character varying(32)[] NOT NULL,
    registered_at timestamp with time zone NOT NULL,
    registered_by uuid,
    last_seen_at timestamp with time zone NOT NULL,
    erased_at timestamp with time zone,
    merged_into_id uuid,
    site_id uuid NOT NULL,
    erased_why character varying(200) DEFAULT ''::character varying NOT NULL,
    terms_version smallint DEFAULT 1 NOT NULL,
    CONSTRAINT customers_customer_number_check CHECK ((number >= 0))
);
CREATE TABLE public.customers_customername (
    id uuid NOT NULL,
    name character varying(40) NOT NULL,
    "primary" boolean NOT NULL,
    salt character varying(32) NOT NULL,
    added_at timestamp with time zone NOT NULL,
    added_by uuid,
    removed_at timestamp with time zone,
    customer_id uuid NOT NULL,
    site_id uuid NOT NULL
);
CREATE TABLE public.customers_customerphone (
    id uuid NOT NULL,
    e164 character varying(20) NOT NULL,
    reversed character varying(20) GENERATED ALWAYS AS (reverse((e164)::text)) STORED,
    "primary" boolean NOT NULL,
    salt character varying(32) NOT NULL,
    added_at timestamp with time zone NOT NULL,
    added_by uuid,
    removed_at timestamp with time zone,
    customer_id uuid NOT NULL,
    site_id uuid NOT NULL
);
CREATE TABLE public.customers_merge (
    id uuid NOT NULL,
    why character varying(200) NOT NULL,
    at timestamp with time zone NOT NULL,
    by uuid,
    undone_at timestamp with time zone,
    undone_by uuid,
    into_id uuid NOT NULL,
    site_id uuid NOT NULL,
    source_id uuid NOT NULL,
    seq bigint,
    salt character varying(32) DEFAULT ''::character varying NOT NULL,
    CONSTRAINT not_merged_into_itself CHECK ((NOT (into_id = source_id)))
);
CREATE TABLE public.customers_notsameperson (
    id uuid NOT NULL,
    at timestamp with time zone NOT NULL,
    by uuid,
    first_id uuid NOT NULL,
    second_id uuid NOT NULL,
    site_id uuid NOT NULL,
    CONSTRAINT pair_in_order CHECK ((first_id < second_id))
);
CREATE TABLE public.customers_receiverofrecord (
    id uuid NOT NULL,
    staff_id uuid,
    seq bigint NOT NULL,
    since timestamp with time zone NOT NULL,
    by uuid,
    reason character varying(200) NOT NULL,
    visit_id uuid,
    clause character varying(12) NOT NULL,
    customer_id uuid NOT NULL,
    site_id uuid NOT NULL,
    salt character varying(32) DEFAULT ''::character varying NOT NULL
);
CREATE TABLE public.customers_reveal (
    id uuid NOT NULL,
    by uuid NOT NULL,
    at timestamp with time zone NOT NULL,
    why character varying(80) NOT NULL,
    customer_id uuid NOT NULL,
    phone_id uuid NOT NULL,
    site_id uuid NOT NULL
);
CREATE TABLE public.desk_answerentry (
    id uuid NOT NULL,
    number integer NOT NULL,
    seq bigint NOT NULL,
    subject character varying(30) NOT NULL,
    question character varying(80) NOT NULL,
    answer character varying(1000) NOT NULL,
    valid_until date,
    vouched_by uuid NOT NULL,
    version integer NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    grams character varying(6)[] NOT NULL,
    used integer NOT NULL,
    used_at timestamp with time zone,
    site_id uuid NOT NULL,
    CONSTRAINT desk_answerentry_number_check CHECK ((number >= 0)),
    CONSTRAINT desk_answerentry_used_check CHECK ((used >= 0)),
    CONSTRAINT desk_answerentry_version_check CHECK ((version >= 0))
);
CREATE TABLE public.desk_answeruse (
    id uuid NOT NULL,
    version integer NOT NULL,
    seq bigint NOT NULL,
    at timestamp with time zone NOT NULL,
    by uuid NOT NULL,
    entry_id uuid NOT NULL,
    matter_id uuid NOT NULL,
    site_id uuid NOT NULL,
    CONSTRAINT desk_answeruse_version_check CHECK ((version >= 0))
);
CREATE TABLE public.desk_answerversion (
    id uuid NOT NULL,
    version integer NOT NULL,
    seq bigint NOT NULL,
    at timestamp with time zone NOT NULL,
    by uuid NOT NULL,
    subject character varying(30) NOT NULL,
    question character varying(80) NOT NULL,
    answer character varying(1000) NOT NULL,
    valid_until date,
    salt character varying(32) NOT NULL,
    entry_id uuid NOT NULL,
    grown_from_id uuid,
    site_id uuid NOT NULL,
    CONSTRAINT desk_answerversion_version_check CHECK ((version >= 0))
);
CREATE TABLE public.desk_building (
    id uuid NOT NULL,
    name character varying(20) NOT NULL,
    seq bigint NOT NULL,
    removed_at timestamp with time zone,
    site_id uuid NOT NULL,
    phase_id uuid
);
CREATE TABLE public.desk_callanswer (
    id uuid NOT NULL,
    seq bigint NOT NULL,
    at timestamp with time zone NOT NULL,
    by uuid NOT NULL,
    points smallint NOT NULL,
    asked boolean NOT NULL,
    wanted character varying(1000) NOT NULL,
    salt character varying(32) NOT NULL,
    told uuid[] NOT NULL,
    event_id uuid NOT NULL,
    matter_id uuid NOT NULL,
    site_id uuid NOT NULL,
    CONSTRAINT desk_callanswer_points_check CHECK ((points >= 0))
);
CREATE TABLE public.desk_callsheetcopy (
    id uuid NOT NULL,
    at timestamp with time zone NOT NULL,
    by uuid NOT NULL,
    why character varying(200) NOT NULL,
    form character varying(5) NOT NULL,
    since date,
    until date,
    rows integer NOT NULL,
    sha256 character varying(64) NOT NULL,
    seq bigint NOT NULL,
    site_id uuid NOT NULL,
    CONSTRAINT desk_callsheetcopy_rows_check CHECK ((rows >= 0))
);
CREATE TABLE public.desk_cashday (
    id uuid NOT NULL,
    day date NOT NULL,
    version smallint NOT NULL,
    opening bigint NOT NULL,
    taken bigint NOT NULL,
    returned bigint NOT NULL,
    counted bigint NOT NULL,
    kept bigint NOT NULL,
    ways jsonb NOT NULL,
    why character varying(200) NOT NULL,
    salt character varying(32) NOT NULL,
    strokes jsonb NOT NULL,
    signed character varying(8) NOT NULL,
    seq bigint NOT NULL,
    at timestamp with time zone NOT NULL,
    by uuid NOT NULL,
    receipt character varying(16) NOT NULL,
    site_id uuid NOT NULL,
    CONSTRAINT desk_cashday_counted_check CHECK ((counted >= 0)),
    CONSTRAINT desk_cashday_kept_check CHECK ((kept >= 0)),
    CONSTRAINT desk_cashday_opening_check CHECK ((opening >= 0)),
    CONSTRAINT desk_cashday_returned_check CHECK ((returned >= 0)),
    CONSTRAINT desk_cashday_taken_check CHECK ((taken >= 0)),
    CONSTRAINT desk_cashday_version_check CHECK ((version >= 0))
);
CREATE TABLE public.desk_cashhandover (
    id uuid NOT NULL,
    strokes jsonb NOT NULL,
    signed character varying(8) NOT NULL,
    seq bigint NOT NULL,
    at timestamp with time zone NOT NULL,
    by uuid NOT NULL,
    receipt character varying(16) NOT NULL,
    cash_day_id uuid NOT NULL,
    site_id uuid NOT NULL
);
CREATE TABLE public.desk_complaintcause (
    id uuid NOT NULL,
    seq bigint NOT NULL,
    at timestamp with time zone NOT NULL,
    by uuid NOT NULL,
    cause character varying(12) NOT NULL,
    words character varying(500) NOT NULL,
    salt character varying(32) NOT NULL,
    matter_id uuid NOT NULL,
    site_id uuid NOT NULL
);
CREATE TABLE public.desk_completion (
    id uuid NOT NULL,
    index integer NOT NULL,
    year smallint NOT NULL,
    number integer NOT NULL,
    minutes integer NOT NULL,
    amount bigint NOT NULL,
    strokes jsonb NOT NULL,
    seq bigint NOT NULL,
    at timestamp with time zone NOT NULL,
    by uuid NOT NULL,
    matter_id uuid NOT NULL,
    site_id uuid NOT NULL,
    CONSTRAINT desk_completion_amount_check CHECK ((amount >= 0)),
    CONSTRAINT desk_completion_index_check CHECK ((index >= 0)),
    CONSTRAINT desk_completion_minutes_check CHECK ((minutes >= 0)),
    CONSTRAINT desk_completion_number_check CHECK ((number >= 0)),
    CONSTRAINT desk_completion_year_check CHECK ((year >= 0))
);
CREATE TABLE public.desk_deskevent (
    id uuid NOT NULL,
    index integer NOT NULL,
    seq bigint NOT NULL,
    at timestamp with time zone NOT NULL,
    by uuid NOT NULL,
    event character varying(12) NOT NULL,
    fields jsonb NOT NULL,
    words jsonb NOT NULL,
    salt character varying(32) NOT NULL,
    because character varying(400) NOT NULL,
    clause character varying(12) NOT NULL,
    site_id uuid NOT NULL,
    matter_id uuid NOT NULL,
    office_id uuid NOT NULL,
    CONSTRAINT desk_deskevent_index_check CHECK ((index >= 0))
);
CREATE TABLE public.desk_deskmatter (
    id uuid NOT NULL,
    seq bigint NOT NULL,
    year smallint NOT NULL,
    number integer NOT NULL,
    home character varying(80) NOT NULL,
    home_id uuid,
    place character varying(60) NOT NULL,
    place_salt character varying(32) NOT NULL,
    subject character varying(30) NOT NULL,
    source character varying(10) NOT NULL,
    caller character varying(40) NOT NULL,
    salt character varying(32) NOT NULL,
    amount bigint NOT NULL,
    quote bigint,
    quote_agreed boolean NOT NULL,
    responded boolean NOT NULL,
    disagreed smallint NOT NULL,
    reopened boolean NOT NULL,
    handled uuid[] NOT NULL,
    callback character varying(12) NOT NULL,
    callback_due_at timestamp with time zone,
    callback_attempts jsonb NOT NULL,
    callback_score character varying(12) NOT NULL,
    events integer NOT NULL,
    moved_at timestamp with time zone NOT NULL,
    linked_id uuid,
    matter_id uuid NOT NULL,
    site_id uuid NOT NULL,
    CONSTRAINT desk_deskmatter_amount_check CHECK ((amount >= 0)),
    CONSTRAINT desk_deskmatter_disagreed_check CHECK ((disagreed >= 0)),
    CONSTRAINT desk_deskmatter_events_check CHECK ((events >= 0)),
    CONSTRAINT desk_deskmatter_number_check CHECK ((number >= 0)),
    CONSTRAINT desk_deskmatter_quote_check CHECK ((quote >= 0)),
    CONSTRAINT desk_deskmatter_year_check CHECK ((year >= 0))
);
CREATE TABLE public.desk_desknote (
    id uuid NOT NULL,
    seq bigint NOT NULL,
    at timestamp with time zone NOT NULL,
    by uuid NOT NULL,
    what character varying(10) NOT NULL,
    "to" uuid,
    words character varying(1000) NOT NULL,
    salt character varying(32) NOT NULL,
    matter_id uuid NOT NULL,
    site_id uuid NOT NULL
);
CREATE TABLE public.desk_deskoffice (
    id uuid NOT NULL,
    version integer NOT NULL,
    seq bigint NOT NULL,
    at timestamp with time zone NOT NULL,
    people jsonb NOT NULL,
    policy jsonb NOT NULL,
    calendar jsonb NOT NULL,
    site_id uuid NOT NULL,
    CONSTRAINT desk_deskoffice_version_check CHECK ((version >= 0))
);
CREATE TABLE public.desk_home (
    id uuid NOT NULL,
    entrance character varying(12) NOT NULL,
    room character varying(16) NOT NULL,
    label character varying(60) NOT NULL,
    area numeric(8,2),
    delivery character varying(10) NOT NULL,
    delivered_on date,
    seq bigint NOT NULL,
    changed_seq bigint,
    import_id uuid,
    removed_at timestamp with time zone,
    building_id uuid NOT NULL,
    site_id uuid NOT NULL
);
CREATE TABLE public.desk_payment (
    id uuid NOT NULL,
    year smallint NOT NULL,
    number integer NOT NULL,
    day date NOT NULL,
    way character varying(8) NOT NULL,
    amount bigint NOT NULL,
    why character varying(200) NOT NULL,
    salt character varying(32) NOT NULL,
    seq bigint NOT NULL,
    at timestamp with time zone NOT NULL,
    by uuid NOT NULL,
    receipt character varying(16) NOT NULL,
    corrects_id uuid,
    matter_id uuid NOT NULL,
    site_id uuid NOT NULL,
    reduction_id uuid,
    CONSTRAINT desk_payment_number_check CHECK ((number >= 0)),
    CONSTRAINT desk_payment_of_something CHECK ((NOT (amount = 0))),
    CONSTRAINT desk_payment_year_check CHECK ((year >= 0))
);
CREATE TABLE public.desk_phase (
    id uuid NOT NULL,
    name character varying(20) NOT NULL,
    seq bigint NOT NULL,
    removed_at timestamp with time zone,
    site_id uuid NOT NULL
);
CREATE TABLE public.desk_pricelist (
    id uuid NOT NULL,
    version integer NOT NULL,
    valid_from date NOT NULL,
    items jsonb NOT NULL,
    seq bigint NOT NULL,
    at timestamp with time zone NOT NULL,
    by uuid NOT NULL,
    site_id uuid NOT NULL,
    CONSTRAINT desk_pricelist_version_check CHECK ((version >= 0))
);
CREATE TABLE public.desk_quote (
    id uuid NOT NULL,
    index integer NOT NULL,
    lines jsonb NOT NULL,
    total bigint NOT NULL,
    words jsonb NOT NULL,
    salt character varying(32) NOT NULL,
    seq bigint NOT NULL,
    at timestamp with time zone NOT NULL,
    by uuid NOT NULL,
    matter_id uuid NOT NULL,
    prices_id uuid,
    site_id uuid NOT NULL,
    CONSTRAINT desk_quote_index_check CHECK ((index >= 0)),
    CONSTRAINT desk_quote_total_check CHECK ((total >= 0))
);
CREATE TABLE public.desk_quoteanswer (
    id uuid NOT NULL,
    agreed boolean NOT NULL,
    how character varying(5) NOT NULL,
    strokes jsonb NOT NULL,
    outdated boolean NOT NULL,
    seq bigint NOT NULL,
    at timestamp with time zone NOT NULL,
    by uuid NOT NULL,
    quote_id uuid NOT NULL,
    site_id uuid NOT NULL
);
CREATE TABLE public.desk_quotecode (
    id uuid NOT NULL,
    digest character varying(64) NOT NULL,
    tries smallint NOT NULL,
    seq bigint NOT NULL,
    at timestamp with time zone NOT NULL,
    by uuid NOT NULL,
    quote_id uuid NOT NULL,
    site_id uuid NOT NULL,
    CONSTRAINT desk_quotecode_tries_check CHECK ((tries >= 0))
);
CREATE TABLE public.desk_reduction (
    id uuid NOT NULL,
    index integer NOT NULL,
    what character varying(6) NOT NULL,
    amount bigint NOT NULL,
    approval_id uuid NOT NULL,
    approved_by uuid NOT NULL,
    seq bigint NOT NULL,
    at timestamp with time zone NOT NULL,
    by uuid NOT NULL,
    matter_id uuid NOT NULL,
    site_id uuid NOT NULL,
    CONSTRAINT desk_nobody_approves_their_own CHECK ((NOT (approved_by = by))),
    CONSTRAINT desk_reduction_amount_check CHECK ((amount >= 0)),
    CONSTRAINT desk_reduction_index_check CHECK ((index >= 0))
);
CREATE TABLE public.desk_registercopy (
    id uuid NOT NULL,
    at timestamp with time zone NOT NULL,
    by uuid NOT NULL,
    why character varying(200) NOT NULL,
    form character varying(5) NOT NULL,
    since date,
    until date,
    rows integer NOT NULL,
    sha256 character varying(64) NOT NULL,
    seq bigint NOT NULL,
    site_id uuid NOT NULL,
    CONSTRAINT desk_registercopy_rows_check CHECK ((rows >= 0))
);
CREATE TABLE public.desk_residentnote (
    id uuid NOT NULL,
    customer_id uuid NOT NULL,
    about character varying(8) NOT NULL,
    text character varying(120) NOT NULL,
    readers character varying(6) NOT NULL,
    salt character varying(32) NOT NULL,
    at timestamp with time zone NOT NULL,
    by uuid,
    seq bigint NOT NULL,
    removed_at timestamp with time zone,
    removed_seq bigint,
    site_id uuid NOT NULL
);
CREATE TABLE public.desk_stockitem (
    id uuid NOT NULL,
    name character varying(40) NOT NULL,
    unit character varying(10) NOT NULL,
    low bigint NOT NULL,
    "left" bigint NOT NULL,
    seq bigint NOT NULL,
    site_id uuid NOT NULL,
    CONSTRAINT desk_stockitem_low_check CHECK ((low >= 0))
);
CREATE TABLE public.desk_stockmove (
    id uuid NOT NULL,
    what character varying(5) NOT NULL,
    many bigint NOT NULL,
    "left" bigint NOT NULL,
    words character varying(200) NOT NULL,
    salt character varying(32) NOT NULL,
    seq bigint NOT NULL,
    at timestamp with time zone NOT NULL,
    by uuid NOT NULL,
    item_id uuid NOT NULL,
    matter_id uuid,
    site_id uuid NOT NULL
);
CREATE TABLE public.desk_tenancy (
    id uuid NOT NULL,
    customer_id uuid NOT NULL,
    capacity character varying(8) NOT NULL,
    since date,
    until date,
    at timestamp with time zone NOT NULL,
    by uuid,
    seq bigint NOT NULL,
    ended_at timestamp with time zone,
    ended_by uuid,
    ended_seq bigint,
    import_id uuid,
    removed_at timestamp with time zone,
    home_id uuid NOT NULL,
    site_id uuid NOT NULL,
    CONSTRAINT tenancy_ends_after_it_begins CHECK (((since IS NULL) OR (until IS NULL) OR (until >= since)))
);
CREATE TABLE public.django_content_type (
    id integer NOT NULL,
    app_label character varying(100) NOT NULL,
    model character varying(100) NOT NULL
);
ALTER TABLE public.django_content_type ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.django_content_type_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.django_migrations (
    id bigint NOT NULL,
    app character varying(255) NOT NULL,
    name character varying(255) NOT NULL,
    applied timestamp with time zone NOT NULL
);
ALTER TABLE public.django_migrations ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.django_migrations_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.django_session (
    session_key character varying(40) NOT NULL,
    session_data text NOT NULL,
    expire_date timestamp with time zone NOT NULL
);
CREATE TABLE public.duty_asset (
    id uuid NOT NULL,
    number integer NOT NULL,
    name character varying(40) NOT NULL,
    place character varying(60) NOT NULL,
    notes character varying(2000) NOT NULL,
    supplier character varying(40) NOT NULL,
    contact character varying(60) NOT NULL,
    warranty_until date,
    mark character varying(32) NOT NULL,
    given_up_at timestamp with time zone,
    salt character varying(32) NOT NULL,
    seq bigint NOT NULL,
    post_id uuid,
    site_id uuid NOT NULL,
    bought_on date,
    kind character varying(20) NOT NULL,
    CONSTRAINT duty_asset_number_check CHECK ((number >= 0))
);
CREATE TABLE public.duty_checkanswer (
    id uuid NOT NULL,
    task character varying(80) NOT NULL,
    item character varying(40) NOT NULL,
    result character varying(6) NOT NULL,
    number numeric(12,3),
    count integer,
    choice character varying(40) NOT NULL,
    strokes jsonb NOT NULL,
    photos smallint NOT NULL,
    at timestamp with time zone NOT NULL,
    by uuid,
    seq bigint NOT NULL,
    event_id uuid,
    log_id uuid NOT NULL,
    site_id uuid NOT NULL,
    sent_back_id uuid,
    CONSTRAINT check_answer_was_asked_for CHECK (((event_id IS NOT NULL) OR (sent_back_id IS NOT NULL))),
    CONSTRAINT duty_checkanswer_count_check CHECK ((count >= 0)),
    CONSTRAINT duty_checkanswer_photos_check CHECK ((photos >= 0))
);
CREATE TABLE public.duty_checkdraft (
    id uuid NOT NULL,
    kind character varying(8) NOT NULL,
    body jsonb NOT NULL,
    at timestamp with time zone NOT NULL,
    by uuid,
    site_id uuid NOT NULL
);
CREATE TABLE public.duty_checklist (
    id uuid NOT NULL,
    kind character varying(8) NOT NULL,
    version integer NOT NULL,
    body jsonb NOT NULL,
    shipped boolean NOT NULL,
    at timestamp with time zone NOT NULL,
    by uuid,
    salt character varying(32) NOT NULL,
    seq bigint NOT NULL,
    site_id uuid NOT NULL,
    shared boolean NOT NULL,
    CONSTRAINT duty_checklist_version_check CHECK ((version >= 0))
);
CREATE TABLE public.duty_checkreturn (
    id uuid NOT NULL,
    task character varying(80) NOT NULL,
    item character varying(40) NOT NULL,
    word character varying(100) NOT NULL,
    salt character varying(32) NOT NULL,
    at timestamp with time zone NOT NULL,
    by uuid,
    seq bigint NOT NULL,
    answered_id uuid NOT NULL,
    log_id uuid NOT NULL,
    site_id uuid NOT NULL
);
CREATE TABLE public.duty_dutyalert (
    id uuid NOT NULL,
    index integer NOT NULL,
    seq bigint NOT NULL,
    at timestamp with time zone NOT NULL,
    what character varying(16) NOT NULL,
    "to" character varying(40) NOT NULL,
    clause character varying(12) NOT NULL,
    because character varying(300) NOT NULL,
    facts jsonb NOT NULL,
    site_id uuid NOT NULL,
    log_id uuid NOT NULL,
    CONSTRAINT duty_dutyalert_index_check CHECK ((index >= 0))
);
CREATE TABLE public.duty_dutyevent (
    id uuid NOT NULL,
    index integer NOT NULL,
    seq bigint NOT NULL,
    at timestamp with time zone NOT NULL,
    made_at timestamp with time zone NOT NULL,
    by uuid,
    event character varying(20) NOT NULL,
    facts jsonb NOT NULL,
    words jsonb NOT NULL,
    salt character varying(32) NOT NULL,
    accepted boolean NOT NULL,
    site_id uuid NOT NULL,
    log_id uuid NOT NULL,
    typed_at timestamp with time zone,
    CONSTRAINT duty_dutyevent_index_check CHECK ((index >= 0))
);
CREATE TABLE public.duty_dutylog (
    id uuid NOT NULL,
    day date NOT NULL,
    began_at timestamp with time zone NOT NULL,
    opening jsonb NOT NULL,
    standing jsonb NOT NULL,
    told integer NOT NULL,
    last_at timestamp with time zone NOT NULL,
    next_at timestamp with time zone,
    site_id uuid NOT NULL,
    trouble jsonb,
    CONSTRAINT duty_dutylog_told_check CHECK ((told >= 0))
);
CREATE TABLE public.duty_emergencyprocedure (
    id uuid NOT NULL,
    type character varying(20) NOT NULL,
    version integer NOT NULL,
    steps jsonb NOT NULL,
    why character varying(200) NOT NULL,
    at timestamp with time zone NOT NULL,
    by uuid,
    seq bigint NOT NULL,
    site_id uuid NOT NULL,
    CONSTRAINT duty_emergencyprocedure_version_check CHECK ((version >= 0))
);
CREATE TABLE public.duty_faultreport (
    id uuid NOT NULL,
    words character varying(300) NOT NULL,
    state character varying(12) NOT NULL,
    made_at timestamp with time zone NOT NULL,
    decided_at timestamp with time zone,
    decided_by uuid,
    reason character varying(200) NOT NULL,
    matter_id uuid,
    salt character varying(32) NOT NULL,
    seq bigint NOT NULL,
    asset_id uuid NOT NULL,
    site_id uuid NOT NULL
);
CREATE TABLE public.duty_flatfacts (
    id uuid NOT NULL,
    version integer NOT NULL,
    layout character varying(60) NOT NULL,
    area character varying(60) NOT NULL,
    structure character varying(200) NOT NULL,
    advantages character varying(1000) NOT NULL,
    answers jsonb NOT NULL,
    pictures jsonb NOT NULL,
    at timestamp with time zone NOT NULL,
    by uuid NOT NULL,
    seq bigint NOT NULL,
    post_id uuid NOT NULL,
    site_id uuid NOT NULL,
    CONSTRAINT duty_flatfacts_version_check CHECK ((version >= 0))
);
CREATE TABLE public.duty_guestcode (
    id uuid NOT NULL,
    number integer NOT NULL,
    at timestamp with time zone NOT NULL,
    by uuid NOT NULL,
    seq bigint NOT NULL,
    post_id uuid NOT NULL,
    site_id uuid NOT NULL,
    CONSTRAINT duty_guestcode_number_check CHECK ((number >= 0))
);
CREATE TABLE public.duty_handover (
    id uuid NOT NULL,
    giver uuid NOT NULL,
    receiver uuid NOT NULL,
    at timestamp with time zone NOT NULL,
    facilities character varying(300) NOT NULL,
    expected jsonb NOT NULL,
    also jsonb NOT NULL,
    seq bigint NOT NULL,
    event_id uuid NOT NULL,
    log_id uuid NOT NULL,
    post_id uuid NOT NULL,
    site_id uuid NOT NULL
);
CREATE TABLE public.duty_handovernote (
    id uuid NOT NULL,
    handover uuid NOT NULL,
    what character varying(8) NOT NULL,
    by uuid NOT NULL,
    about uuid,
    at timestamp with time zone NOT NULL,
    words character varying(300) NOT NULL,
    salt character varying(32) NOT NULL,
    seq bigint NOT NULL,
    log_id uuid NOT NULL,
    site_id uuid NOT NULL
);
CREATE TABLE public.duty_handoversignature (
    id uuid NOT NULL,
    handover uuid NOT NULL,
    side character varying(9) NOT NULL,
    by uuid NOT NULL,
    at timestamp with time zone NOT NULL,
    signed character varying(8) NOT NULL,
    strokes jsonb NOT NULL,
    device uuid,
    completes boolean NOT NULL,
    seq bigint NOT NULL,
    event_id uuid NOT NULL,
    site_id uuid NOT NULL
);
CREATE TABLE public.duty_incident (
    id uuid NOT NULL,
    number integer NOT NULL,
    drill boolean NOT NULL,
    kind character varying(12) NOT NULL,
    type character varying(20) NOT NULL,
    steps jsonb NOT NULL,
    version integer NOT NULL,
    at timestamp with time zone NOT NULL,
    by uuid,
    over_at timestamp with time zone,
    next_at timestamp with time zone,
    seq bigint NOT NULL,
    post_id uuid NOT NULL,
    site_id uuid NOT NULL,
    outside boolean NOT NULL,
    CONSTRAINT drill_is_of_an_emergency CHECK (((NOT drill) OR ((kind)::text = 'emergency'::text))),
    CONSTRAINT duty_incident_number_check CHECK ((number >= 0)),
    CONSTRAINT duty_incident_version_check CHECK ((version >= 0))
);
CREATE TABLE public.duty_incidentcopy (
    id uuid NOT NULL,
    at timestamp with time zone NOT NULL,
    by uuid NOT NULL,
    why character varying(200) NOT NULL,
    form character varying(5) NOT NULL,
    since date,
    until date,
    rows integer NOT NULL,
    sha256 character varying(64) NOT NULL,
    seq bigint NOT NULL,
    incident_id uuid NOT NULL,
    site_id uuid NOT NULL,
    CONSTRAINT duty_incidentcopy_rows_check CHECK ((rows >= 0))
);
CREATE TABLE public.duty_incidentnote (
    id uuid NOT NULL,
    number integer NOT NULL,
    what character varying(8) NOT NULL,
    step smallint,
    role character varying(12) NOT NULL,
    words jsonb NOT NULL,
    salt character varying(32) NOT NULL,
    at timestamp with time zone NOT NULL,
    by uuid,
    seq bigint NOT NULL,
    incident_id uuid NOT NULL,
    site_id uuid NOT NULL,
    typed_at timestamp with time zone,
    CONSTRAINT duty_incidentnote_number_check CHECK ((number >= 0)),
    CONSTRAINT duty_incidentnote_step_check CHECK ((step >= 0))
);
CREATE TABLE public.duty_leave (
    id uuid NOT NULL,
    first date NOT NULL,
    last date NOT NULL,
    approval_id uuid NOT NULL,
    seq bigint NOT NULL,
    ended_at timestamp with time zone,
    site_id uuid NOT NULL,
    staff_id uuid NOT NULL,
    CONSTRAINT leave_ends_after_it_begins CHECK ((last >= first))
);
CREATE TABLE public.duty_linedetail (
    id uuid NOT NULL,
    supplier character varying(40) NOT NULL,
    value integer,
    cause character varying(8) NOT NULL,
    present character varying(200) NOT NULL,
    happened_at timestamp with time zone,
    salt character varying(32) NOT NULL,
    seq bigint NOT NULL,
    asset_id uuid,
    matter_id uuid NOT NULL,
    site_id uuid NOT NULL,
    CONSTRAINT duty_linedetail_value_check CHECK ((value >= 0))
);
CREATE TABLE public.duty_matchconfirmation (
    id uuid NOT NULL,
    agreed boolean NOT NULL,
    word character varying(100) NOT NULL,
    salt character varying(32) NOT NULL,
    at timestamp with time zone NOT NULL,
    by uuid NOT NULL,
    seq bigint NOT NULL,
    site_id uuid NOT NULL,
    matching_id uuid NOT NULL
);
CREATE TABLE public.duty_matchsettlement (
    id uuid NOT NULL,
    index integer NOT NULL,
    same boolean,
    word character varying(100) NOT NULL,
    salt character varying(32) NOT NULL,
    at timestamp with time zone NOT NULL,
    by uuid NOT NULL,
    seq bigint NOT NULL,
    site_id uuid NOT NULL,
    matching_id uuid NOT NULL,
    CONSTRAINT duty_matchsettlement_index_check CHECK ((index >= 0))
);
CREATE TABLE public.duty_passedquestion (
    id uuid NOT NULL,
    gallery_id uuid NOT NULL,
    state character varying(8) NOT NULL,
    at timestamp with time zone NOT NULL,
    by uuid NOT NULL,
    gallery_matter uuid,
    seq bigint NOT NULL,
    matter_id uuid NOT NULL,
    site_id uuid NOT NULL,
    forget character varying(6) NOT NULL
);
CREATE TABLE public.duty_postrule (
    id uuid NOT NULL,
    kind character varying(12) NOT NULL,
    minimum smallint NOT NULL,
    opens time without time zone,
    closes time without time zone,
    given_up_at timestamp with time zone,
    seq bigint NOT NULL,
    post_id uuid NOT NULL,
    site_id uuid NOT NULL,
    CONSTRAINT duty_postrule_minimum_check CHECK ((minimum >= 0)),
    CONSTRAINT post_closes_after_opening CHECK ((((closes IS NULL) AND (opens IS NULL)) OR (closes > opens))),
    CONSTRAINT somebody_at_a_post CHECK ((minimum >= 1))
);
CREATE TABLE public.duty_reportsending (
    id uuid NOT NULL,
    number integer NOT NULL,
    way character varying(4) NOT NULL,
    to_whom character varying(100) NOT NULL,
    state character varying(8) NOT NULL,
    attempts smallint NOT NULL,
    next_try_at timestamp with time zone,
    sent_at timestamp with time zone,
    sha256 character varying(64) NOT NULL,
    error character varying(120) NOT NULL,
    at timestamp with time zone NOT NULL,
    by uuid NOT NULL,
    salt character varying(32) NOT NULL,
    seq bigint NOT NULL,
    matter_id uuid NOT NULL,
    site_id uuid NOT NULL,
    CONSTRAINT duty_reportsending_attempts_check CHECK ((attempts >= 0)),
    CONSTRAINT duty_reportsending_number_check CHECK ((number >= 0))
);
CREATE TABLE public.duty_rostercell (
    id uuid NOT NULL,
    day date NOT NULL,
    published_at timestamp with time zone,
    post_id uuid,
    published_post_id uuid,
    site_id uuid NOT NULL,
    staff_id uuid NOT NULL,
    published_shift_id uuid,
    shift_id uuid
);
CREATE TABLE public.duty_rosterfeed (
    id uuid NOT NULL,
    digest bytea NOT NULL,
    made_at timestamp with time zone NOT NULL,
    revoked_at timestamp with time zone,
    seq bigint NOT NULL,
    site_id uuid NOT NULL,
    staff_id uuid NOT NULL
);
CREATE TABLE public.duty_sharedchecklist (
    id uuid NOT NULL,
    company_id uuid NOT NULL,
    place character varying(20) NOT NULL,
    kind character varying(8) NOT NULL,
    version integer NOT NULL,
    body jsonb NOT NULL,
    at timestamp with time zone NOT NULL,
    by uuid,
    salt character varying(32) NOT NULL,
    seq bigint NOT NULL,
    CONSTRAINT duty_sharedchecklist_version_check CHECK ((version >= 0))
);
CREATE TABLE public.duty_shiftkind (
    id uuid NOT NULL,
    mark character varying(4) NOT NULL,
    title character varying(20) NOT NULL,
    begins time without time zone NOT NULL,
    ends time without time zone NOT NULL,
    given_up_at timestamp with time zone,
    seq bigint NOT NULL,
    site_id uuid NOT NULL
);
CREATE TABLE public.duty_shiftswap (
    id uuid NOT NULL,
    day date NOT NULL,
    other_day date NOT NULL,
    asked_at timestamp with time zone NOT NULL,
    status character varying(12) NOT NULL,
    approval_id uuid,
    seq bigint NOT NULL,
    asked_by_id uuid NOT NULL,
    site_id uuid NOT NULL,
    with_whom_id uuid NOT NULL,
    CONSTRAINT nobody_swaps_with_themselves CHECK ((NOT (asked_by_id = with_whom_id)))
);
CREATE TABLE public.duty_showvisit (
    id uuid NOT NULL,
    number integer NOT NULL,
    day date NOT NULL,
    source character varying(4) NOT NULL,
    arrived_at timestamp with time zone NOT NULL,
    recorded_by uuid,
    confirmed_at timestamp with time zone,
    confirmed_by uuid,
    turned_down_at timestamp with time zone,
    left_at timestamp with time zone,
    seen_off_by uuid,
    group_size smallint NOT NULL,
    been_to_sales boolean,
    customer_id uuid,
    called character varying(40) NOT NULL,
    phone character varying(20) NOT NULL,
    wording character varying(20) NOT NULL,
    note character varying(200) NOT NULL,
    salt character varying(32) NOT NULL,
    seq bigint NOT NULL,
    post_id uuid NOT NULL,
    site_id uuid NOT NULL,
    CONSTRAINT duty_showvisit_group_size_check CHECK ((group_size >= 0)),
    CONSTRAINT duty_showvisit_number_check CHECK ((number >= 0))
);
CREATE TABLE public.duty_visitmatching (
    id uuid NOT NULL,
    day date NOT NULL,
    gallery_id uuid NOT NULL,
    pairs jsonb NOT NULL,
    at timestamp with time zone NOT NULL,
    by uuid NOT NULL,
    seq bigint NOT NULL,
    site_id uuid NOT NULL,
    sheet_id uuid NOT NULL
);
CREATE TABLE public.duty_visitreferral (
    id uuid NOT NULL,
    gallery_id uuid,
    state character varying(6) NOT NULL,
    at timestamp with time zone NOT NULL,
    by uuid NOT NULL,
    gallery_visit uuid,
    gallery_number integer,
    receiver uuid,
    because character varying(300) NOT NULL,
    matter_id uuid,
    settled_at timestamp with time zone,
    seq bigint NOT NULL,
    site_id uuid NOT NULL,
    visit_id uuid NOT NULL,
    CONSTRAINT duty_visitreferral_gallery_number_check CHECK ((gallery_number >= 0))
);
CREATE TABLE public.duty_visitsheet (
    id uuid NOT NULL,
    number integer NOT NULL,
    day date NOT NULL,
    at timestamp with time zone NOT NULL,
    signed character varying(8) NOT NULL,
    signed_by uuid,
    strokes jsonb NOT NULL,
    digest character varying(80) NOT NULL,
    seq bigint NOT NULL,
    receipt character varying(16) NOT NULL,
    of_day date NOT NULL,
    visits integer NOT NULL,
    people integer NOT NULL,
    corrects_id uuid,
    site_id uuid NOT NULL,
    CONSTRAINT duty_visitsheet_number_check CHECK ((number >= 0)),
    CONSTRAINT duty_visitsheet_people_check CHECK ((people >= 0)),
    CONSTRAINT duty_visitsheet_visits_check CHECK ((visits >= 0))
);
CREATE TABLE public.duty_visitsheetcopy (
    id uuid NOT NULL,
    at timestamp with time zone NOT NULL,
    by uuid NOT NULL,
    why character varying(200) NOT NULL,
    form character varying(5) NOT NULL,
    since date,
    until date,
    rows integer NOT NULL,
    sha256 character varying(64) NOT NULL,
    seq bigint NOT NULL,
    site_id uuid NOT NULL,
    CONSTRAINT duty_visitsheetcopy_rows_check CHECK ((rows >= 0))
);
CREATE TABLE public.duty_visitsheetwords (
    site_id uuid NOT NULL,
    words jsonb,
    salt character varying(32) NOT NULL,
    erased_at timestamp with time zone,
    entry_id uuid NOT NULL
);
CREATE TABLE public.files_storedfile (
    id uuid NOT NULL,
    seq bigint NOT NULL,
    owner character varying(20) NOT NULL,
    media_type character varying(20) NOT NULL,
    name character varying(140) NOT NULL,
    sha256 character varying(64) NOT NULL,
    size integer NOT NULL,
    width integer NOT NULL,
    height integer NOT NULL,
    taken_by uuid NOT NULL,
    taken_at timestamp with time zone NOT NULL,
    about_id uuid,
    customer_id uuid,
    attached_at timestamp with time zone,
    gone_at timestamp with time zone,
    gone_why character varying(10) NOT NULL,
    wiped_at timestamp with time zone,
    site_id uuid NOT NULL,
    purpose character varying(20) NOT NULL,
    held boolean NOT NULL,
    CONSTRAINT files_storedfile_height_check CHECK ((height >= 0)),
    CONSTRAINT files_storedfile_size_check CHECK ((size >= 0)),
    CONSTRAINT files_storedfile_width_check CHECK ((width >= 0))
);
CREATE TABLE public.floor_call (
    id uuid NOT NULL,
    at timestamp with time zone NOT NULL,
    taken_by uuid NOT NULL,
    recorded_by uuid NOT NULL,
    customer_id uuid,
    called character varying(40) NOT NULL,
    asked character varying(500) NOT NULL,
    source character varying(8) NOT NULL,
    next_contact timestamp with time zone,
    salt character varying(32) NOT NULL,
    seq bigint NOT NULL,
    receipt character varying(16) NOT NULL,
    site_id uuid NOT NULL
);
CREATE TABLE public.floor_casecopy (
    id uuid NOT NULL,
    at timestamp with time zone NOT NULL,
    by uuid NOT NULL,
    why character varying(200) NOT NULL,
    form character varying(5) NOT NULL,
    since date,
    until date,
    rows integer NOT NULL,
    sha256 character varying(64) NOT NULL,
    seq bigint NOT NULL,
    customer_id uuid NOT NULL,
    dispute_id uuid,
    site_id uuid NOT NULL,
    CONSTRAINT floor_casecopy_rows_check CHECK ((rows >= 0))
);
CREATE TABLE public.floor_channel (
    id uuid NOT NULL,
    name character varying(60) NOT NULL,
    contact character varying(60) NOT NULL,
    ended_at timestamp with time zone,
    site_id uuid NOT NULL
);
CREATE TABLE public.floor_channelregistration (
    id uuid NOT NULL,
    customer_id uuid NOT NULL,
    at timestamp with time zone NOT NULL,
    by uuid NOT NULL,
    valid_until timestamp with time zone NOT NULL,
    standing character varying(5) NOT NULL,
    seq bigint NOT NULL,
    receipt character varying(16) NOT NULL,
    channel_id uuid NOT NULL,
    site_id uuid NOT NULL
);
CREATE TABLE public.floor_claim (
    id uuid NOT NULL,
    asked_by uuid NOT NULL,
    asked_at timestamp with time zone NOT NULL,
    note character varying(200) NOT NULL,
    decided_at timestamp with time zone,
    decided_by uuid,
    granted boolean,
    answer character varying(200) NOT NULL,
    withdrawn_at timestamp with time zone,
    customer_confirmed character varying(200) NOT NULL,
    site_id uuid NOT NULL,
    day_id uuid NOT NULL,
    visit_id uuid NOT NULL,
    salt character varying(32) NOT NULL
);
CREATE TABLE public.floor_dispute (
    id uuid NOT NULL,
    number integer NOT NULL,
    customer_id uuid NOT NULL,
    opened_by uuid NOT NULL,
    opened_at timestamp with time zone NOT NULL,
    parties jsonb NOT NULL,
    seq bigint NOT NULL,
    receipt character varying(16) NOT NULL,
    site_id uuid NOT NULL,
    CONSTRAINT floor_dispute_number_check CHECK ((number >= 0))
);
CREATE TABLE public.floor_galleryday (
    id uuid NOT NULL,
    day date NOT NULL,
    opened_at timestamp with time zone NOT NULL,
    opened_by uuid NOT NULL,
    policy_version integer NOT NULL,
    policy jsonb NOT NULL,
    settings jsonb NOT NULL,
    opening_queue jsonb NOT NULL,
    make_up jsonb NOT NULL,
    owes jsonb NOT NULL,
    rule_version character varying(20) NOT NULL,
    closed_at timestamp with time zone,
    closed_by uuid,
    summary jsonb,
    site_id uuid NOT NULL,
    remind_at timestamp with time zone,
    reopened smallint NOT NULL,
    CONSTRAINT floor_galleryday_policy_version_check CHECK ((policy_version >= 0)),
    CONSTRAINT floor_galleryday_reopened_check CHECK ((reopened >= 0))
);
CREATE TABLE public.floor_gallerypolicy (
    id uuid NOT NULL,
    version integer NOT NULL,
    "values" jsonb NOT NULL,
    since timestamp with time zone NOT NULL,
    by uuid,
    reason character varying(200) NOT NULL,
    site_id uuid NOT NULL,
    salt character varying(32) NOT NULL,
    CONSTRAINT floor_gallerypolicy_version_check CHECK ((version >= 0))
);
CREATE TABLE public.importing_importrow (
    id bigint CONSTRAINT floor_importrow_id_not_null NOT NULL,
    n integer CONSTRAINT floor_importrow_n_not_null NOT NULL,
    sheet character varying(40) CONSTRAINT floor_importrow_sheet_not_null NOT NULL,
    line integer CONSTRAINT floor_importrow_line_not_null NOT NULL,
    verdict character varying(7) CONSTRAINT floor_importrow_verdict_not_null NOT NULL,
    phone character varying(20) CONSTRAINT floor_importrow_phone_not_null NOT NULL,
    cells jsonb,
    told jsonb,
    faults jsonb CONSTRAINT floor_importrow_faults_not_null NOT NULL,
    warnings jsonb CONSTRAINT floor_importrow_warnings_not_null NOT NULL,
    same_as integer,
    subject_id uuid,
    created boolean CONSTRAINT floor_importrow_created_not_null NOT NULL,
    gave boolean CONSTRAINT floor_importrow_gave_receiver_not_null NOT NULL,
    number integer,
    seq bigint,
    kept_why character varying(80) CONSTRAINT floor_importrow_kept_why_not_null NOT NULL,
    of_id uuid CONSTRAINT floor_importrow_of_id_not_null NOT NULL,
    meant jsonb,
    place_id uuid,
    CONSTRAINT floor_importrow_line_check CHECK ((line >= 0)),
    CONSTRAINT floor_importrow_n_check CHECK ((n >= 0)),
    CONSTRAINT floor_importrow_number_check CHECK ((number >= 0)),
    CONSTRAINT floor_importrow_same_as_check CHECK ((same_as >= 0))
);
ALTER TABLE public.importing_importrow ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.floor_importrow_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.floor_needs (
    id uuid NOT NULL,
    customer_id uuid,
    at timestamp with time zone NOT NULL,
    by uuid NOT NULL,
    seq bigint NOT NULL,
    area_min smallint,
    area_max smallint,
    rooms character varying(1) NOT NULL,
    floor_wish character varying(6) NOT NULL,
    budget_min integer,
    budget_max integer,
    purpose character varying(8) NOT NULL,
    source character varying(8) NOT NULL,
    said character varying(500) NOT NULL,
    salt character varying(32) NOT NULL,
    site_id uuid NOT NULL,
    visit_id uuid,
    CONSTRAINT floor_needs_area_max_check CHECK ((area_max >= 0)),
    CONSTRAINT floor_needs_area_min_check CHECK ((area_min >= 0)),
    CONSTRAINT floor_needs_budget_max_check CHECK ((budget_max >= 0)),
    CONSTRAINT floor_needs_budget_min_check CHECK ((budget_min >= 0))
);
CREATE TABLE public.floor_nudge (
    id uuid NOT NULL,
    kind character varying(8) NOT NULL,
    at timestamp with time zone NOT NULL,
    by uuid NOT NULL,
    seq bigint NOT NULL,
    reception_id uuid NOT NULL,
    site_id uuid NOT NULL
);
CREATE TABLE public.floor_presence (
    id uuid NOT NULL,
    day date NOT NULL,
    staff_id uuid NOT NULL,
    at timestamp with time zone NOT NULL,
    by uuid NOT NULL,
    how character varying(10) NOT NULL,
    withdrawn_at timestamp with time zone,
    site_id uuid NOT NULL
);
CREATE TABLE public.floor_queuestate (
    day_id uuid NOT NULL,
    state jsonb NOT NULL,
    names jsonb NOT NULL,
    away_since jsonb NOT NULL,
    events integer NOT NULL,
    visits integer NOT NULL,
    last_at timestamp with time zone NOT NULL,
    site_id uuid NOT NULL,
    CONSTRAINT floor_queuestate_events_check CHECK ((events >= 0)),
    CONSTRAINT floor_queuestate_visits_check CHECK ((visits >= 0))
);
CREATE TABLE public.floor_reception (
    id uuid NOT NULL,
    receiver uuid NOT NULL,
    began_at timestamp with time zone NOT NULL,
    accepted_at timestamp with time zone,
    alerted_at timestamp with time zone,
    ended_at timestamp with time zone,
    site_id uuid NOT NULL,
    decision_id uuid NOT NULL,
    visit_id uuid NOT NULL
);
CREATE TABLE public.floor_registerentry (
    id uuid NOT NULL,
    number integer NOT NULL,
    day date NOT NULL,
    at timestamp with time zone NOT NULL,
    customer_id uuid,
    hand character varying(8) NOT NULL,
    signed character varying(8) NOT NULL,
    signed_by uuid,
    strokes jsonb NOT NULL,
    import_id uuid,
    digest character varying(80) NOT NULL,
    seq bigint NOT NULL,
    receipt character varying(16) NOT NULL,
    corrects_id uuid,
    site_id uuid NOT NULL,
    visit_id uuid,
    CONSTRAINT floor_registerentry_number_check CHECK ((number >= 0))
);
CREATE TABLE public.floor_registerexport (
    id uuid NOT NULL,
    at timestamp with time zone NOT NULL,
    by uuid NOT NULL,
    why character varying(200) NOT NULL,
    form character varying(5) NOT NULL,
    since date,
    until date,
    rows integer NOT NULL,
    sha256 character varying(64) NOT NULL,
    seq bigint NOT NULL,
    site_id uuid NOT NULL,
    CONSTRAINT floor_registerexport_rows_check CHECK ((rows >= 0))
);
CREATE TABLE public.floor_registerwords (
    entry_id uuid NOT NULL,
    site_id uuid NOT NULL,
    words jsonb,
    salt character varying(32) NOT NULL,
    erased_at timestamp with time zone
);
CREATE TABLE public.floor_reopening (
    id uuid NOT NULL,
    at timestamp with time zone NOT NULL,
    by uuid NOT NULL,
    reason character varying(200) NOT NULL,
    salt character varying(32) NOT NULL,
    seq bigint NOT NULL,
    closing_seq bigint NOT NULL,
    closed_at timestamp with time zone NOT NULL,
    closed_by uuid NOT NULL,
    summary jsonb NOT NULL,
    day_id uuid NOT NULL,
    site_id uuid NOT NULL
);
CREATE TABLE public.floor_ruling (
    id uuid NOT NULL,
    at timestamp with time zone NOT NULL,
    by uuid NOT NULL,
    for_whom uuid,
    reason character varying(1000) NOT NULL,
    salt character varying(32) NOT NULL,
    effects jsonb NOT NULL,
    applied_at timestamp with time zone,
    seq bigint NOT NULL,
    receipt character varying(16) NOT NULL,
    dispute_id uuid NOT NULL,
    replaces_id uuid,
    site_id uuid NOT NULL
);
CREATE TABLE public.floor_standingorder (
    site_id uuid NOT NULL,
    "order" jsonb NOT NULL,
    make_up jsonb NOT NULL,
    owes jsonb NOT NULL
);
CREATE TABLE public.floor_statement (
    id uuid NOT NULL,
    by uuid NOT NULL,
    at timestamp with time zone NOT NULL,
    words character varying(1000) NOT NULL,
    salt character varying(32) NOT NULL,
    seq bigint NOT NULL,
    receipt character varying(16) NOT NULL,
    dispute_id uuid NOT NULL,
    site_id uuid NOT NULL
);
CREATE TABLE public.floor_step (
    id uuid NOT NULL,
    which character varying(8) NOT NULL,
    at timestamp with time zone NOT NULL,
    by uuid NOT NULL,
    seq bigint NOT NULL,
    things jsonb NOT NULL,
    note character varying(500) NOT NULL,
    next_contact timestamp with time zone,
    salt character varying(32) NOT NULL,
    site_id uuid NOT NULL,
    visit_id uuid NOT NULL
);
CREATE TABLE public.floor_turndecision (
    id uuid NOT NULL,
    "position" smallint NOT NULL,
    at timestamp with time zone NOT NULL,
    kind character varying(8) NOT NULL,
    clause character varying(12) NOT NULL,
    clause_revision smallint NOT NULL,
    because text NOT NULL,
    receiver uuid,
    counted boolean,
    turn character varying(8) NOT NULL,
    passed_over jsonb NOT NULL,
    queue jsonb NOT NULL,
    seq bigint NOT NULL,
    receipt character varying(16) NOT NULL,
    rule_version character varying(20) NOT NULL,
    policy_version integer NOT NULL,
    day_id uuid NOT NULL,
    site_id uuid NOT NULL,
    event_id uuid NOT NULL,
    visit_id uuid,
    CONSTRAINT floor_turndecision_clause_revision_check CHECK ((clause_revision >= 0)),
    CONSTRAINT floor_turndecision_policy_version_check CHECK ((policy_version >= 0)),
    CONSTRAINT floor_turndecision_position_check CHECK (("position" >= 0))
);
CREATE TABLE public.floor_turnevent (
    id uuid NOT NULL,
    index integer NOT NULL,
    seq bigint NOT NULL,
    at timestamp with time zone NOT NULL,
    by uuid NOT NULL,
    event jsonb NOT NULL,
    salt character varying(32) NOT NULL,
    day_id uuid NOT NULL,
    site_id uuid NOT NULL,
    visit_id uuid,
    CONSTRAINT floor_turnevent_index_check CHECK ((index >= 0))
);
CREATE TABLE public.floor_undone (
    id uuid NOT NULL,
    at timestamp with time zone NOT NULL,
    by uuid NOT NULL,
    seq bigint NOT NULL,
    event_id uuid NOT NULL,
    site_id uuid NOT NULL
);
CREATE TABLE public.floor_visit (
    id uuid NOT NULL,
    number integer NOT NULL,
    arrived_at timestamp with time zone NOT NULL,
    recorded_by uuid NOT NULL,
    kind character varying(10) NOT NULL,
    group_size smallint NOT NULL,
    households smallint NOT NULL,
    first_visit boolean,
    customer_id uuid,
    called character varying(40) NOT NULL,
    named uuid,
    registered_with uuid,
    note character varying(200) NOT NULL,
    looked_for character varying(80) NOT NULL,
    finished_at timestamp with time zone,
    left_at timestamp with time zone,
    undone_at timestamp with time zone,
    units_wanted smallint,
    record jsonb,
    day_id uuid NOT NULL,
    site_id uuid NOT NULL,
    late_at timestamp with time zone,
    late_receiver uuid,
    again_of uuid,
    looks character varying(60) NOT NULL,
    not_found boolean NOT NULL,
    seat character varying(20) NOT NULL,
    salt character varying(32) NOT NULL,
    CONSTRAINT floor_visit_group_size_check CHECK ((group_size >= 0)),
    CONSTRAINT floor_visit_households_check CHECK ((households >= 0)),
    CONSTRAINT floor_visit_number_check CHECK ((number >= 0)),
    CONSTRAINT floor_visit_units_wanted_check CHECK ((units_wanted >= 0))
);
CREATE TABLE public.floor_wrongcode (
    id uuid NOT NULL,
    staff_id uuid NOT NULL,
    at timestamp with time zone NOT NULL,
    site_id uuid NOT NULL
);
CREATE TABLE public.importing_importfile (
    belongs_to_id uuid CONSTRAINT floor_importfile_belongs_to_id_not_null NOT NULL,
    data bytea CONSTRAINT floor_importfile_data_not_null NOT NULL,
    survey jsonb NOT NULL
);
CREATE TABLE public.importing_importrun (
    id uuid CONSTRAINT floor_registerimport_id_not_null NOT NULL,
    file_name character varying(120) CONSTRAINT floor_registerimport_file_name_not_null NOT NULL,
    sha256 character varying(64) CONSTRAINT floor_registerimport_sha256_not_null NOT NULL,
    size integer CONSTRAINT floor_registerimport_size_not_null NOT NULL,
    options jsonb CONSTRAINT floor_registerimport_options_not_null NOT NULL,
    uploaded_at timestamp with time zone CONSTRAINT floor_registerimport_uploaded_at_not_null NOT NULL,
    uploaded_by uuid CONSTRAINT floor_registerimport_uploaded_by_not_null NOT NULL,
    expected integer CONSTRAINT floor_registerimport_expected_not_null NOT NULL,
    rows integer CONSTRAINT floor_registerimport_rows_not_null NOT NULL,
    read_at timestamp with time zone,
    failed_why character varying(300) CONSTRAINT floor_registerimport_failed_why_not_null NOT NULL,
    dropped_at timestamp with time zone,
    whole boolean CONSTRAINT floor_registerimport_whole_not_null NOT NULL,
    receivers boolean CONSTRAINT floor_registerimport_receivers_not_null NOT NULL,
    applied_at timestamp with time zone,
    applied_by uuid,
    done integer CONSTRAINT floor_registerimport_done_not_null NOT NULL,
    finished_at timestamp with time zone,
    undone_at timestamp with time zone,
    undone_by uuid,
    undone_why character varying(200) CONSTRAINT floor_registerimport_undone_why_not_null NOT NULL,
    withdrawn integer CONSTRAINT floor_registerimport_withdrawn_not_null NOT NULL,
    withdrawn_at timestamp with time zone,
    emptied_at timestamp with time zone,
    site_id uuid CONSTRAINT floor_registerimport_site_id_not_null NOT NULL,
    kind character varying(20) NOT NULL,
    mapped_at timestamp with time zone,
    mapped_by uuid,
    CONSTRAINT floor_registerimport_done_check CHECK ((done >= 0)),
    CONSTRAINT floor_registerimport_expected_check CHECK ((expected >= 0)),
    CONSTRAINT floor_registerimport_rows_check CHECK ((rows >= 0)),
    CONSTRAINT floor_registerimport_size_check CHECK ((size >= 0)),
    CONSTRAINT floor_registerimport_withdrawn_check CHECK ((withdrawn >= 0))
);
CREATE TABLE public.importing_mappingmemory (
    id bigint NOT NULL,
    kind character varying(20) NOT NULL,
    heading character varying(40) NOT NULL,
    taken_as character varying(20) NOT NULL,
    since timestamp with time zone NOT NULL,
    by uuid NOT NULL,
    site_id uuid NOT NULL
);
ALTER TABLE public.importing_mappingmemory ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.importing_mappingmemory_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.importing_namedperson (
    id bigint NOT NULL,
    name character varying(40) NOT NULL,
    lines integer NOT NULL,
    staff_id uuid,
    of_id uuid NOT NULL,
    CONSTRAINT importing_namedperson_lines_check CHECK ((lines >= 0))
);
ALTER TABLE public.importing_namedperson ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.importing_namedperson_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.journal_checkpoint (
    site_id uuid NOT NULL,
    size bigint NOT NULL,
    root bytea NOT NULL,
    frontier jsonb NOT NULL,
    text text NOT NULL,
    made_at timestamp with time zone NOT NULL
);
CREATE TABLE public.journal_checkresult (
    site_id uuid NOT NULL,
    at timestamp with time zone NOT NULL,
    held bigint NOT NULL,
    faults integer NOT NULL,
    lines jsonb NOT NULL,
    clean_at timestamp with time zone,
    CONSTRAINT journal_checkresult_faults_check CHECK ((faults >= 0))
);
CREATE TABLE public.journal_dayroot (
    site_id uuid NOT NULL,
    size bigint NOT NULL,
    day date NOT NULL,
    root bytea NOT NULL,
    head bytea NOT NULL,
    frontier jsonb NOT NULL,
    signature bytea NOT NULL,
    key_id character varying(16) NOT NULL,
    signed_at timestamp with time zone NOT NULL
);
CREATE TABLE public.journal_departure (
    id bigint NOT NULL,
    site_id uuid NOT NULL,
    size bigint NOT NULL,
    way character varying(120) NOT NULL,
    ref uuid,
    answer text NOT NULL,
    made_at timestamp with time zone NOT NULL,
    left_at timestamp with time zone
);
ALTER TABLE public.journal_departure ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.journal_departure_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.journal_entry (
    site_id uuid NOT NULL,
    seq bigint NOT NULL,
    at timestamp with time zone NOT NULL,
    kind character varying(40) NOT NULL,
    actor character varying(40) NOT NULL,
    clause character varying(12),
    body jsonb NOT NULL,
    prev bytea NOT NULL,
    hash bytea NOT NULL,
    receipt character varying(9) NOT NULL
);
CREATE TABLE public.journal_ledger (
    site_id uuid NOT NULL,
    seq bigint NOT NULL,
    head bytea NOT NULL
);
CREATE TABLE public.journal_storedresponse (
    site_id uuid NOT NULL,
    key character varying(80) NOT NULL,
    verb character varying(40) NOT NULL,
    fingerprint bytea NOT NULL,
    response jsonb NOT NULL,
    seq bigint NOT NULL,
    at timestamp with time zone NOT NULL
);
CREATE TABLE public.matters_matter (
    id uuid NOT NULL,
    number integer NOT NULL,
    kind character varying(20) NOT NULL,
    title character varying(80) NOT NULL,
    detail character varying(1000) NOT NULL,
    about jsonb NOT NULL,
    clause character varying(12) NOT NULL,
    customer_id uuid,
    subject_id uuid,
    opened_by uuid,
    opened_at timestamp with time zone NOT NULL,
    salt character varying(32) NOT NULL,
    state character varying(12) NOT NULL,
    owner_id uuid,
    offered_to uuid,
    hand_offs smallint NOT NULL,
    level smallint NOT NULL,
    due_at timestamp with time zone,
    closed_at timestamp with time zone,
    next_clock_at timestamp with time zone,
    site_id uuid NOT NULL,
    due_clock character varying(20) NOT NULL,
    grade character varying(20) NOT NULL,
    grams character varying(6)[] NOT NULL,
    holder_group character varying(60) NOT NULL,
    offered_group character varying(60) NOT NULL,
    owner_group character varying(60) NOT NULL,
    paused character varying(20) NOT NULL,
    resumes_at timestamp with time zone,
    stage character varying(20) NOT NULL,
    subject_app character varying(30) NOT NULL,
    holder_id uuid,
    CONSTRAINT matter_has_one_owner CHECK (((((owner_group)::text = ''::text) AND (owner_id IS NOT NULL)) OR ((owner_id IS NULL) AND (NOT ((owner_group)::text = ''::text))))),
    CONSTRAINT matters_matter_hand_offs_check CHECK ((hand_offs >= 0)),
    CONSTRAINT matters_matter_level_check CHECK ((level >= 0)),
    CONSTRAINT matters_matter_number_check CHECK ((number >= 0))
);
CREATE TABLE public.matters_matterlink (
    id uuid NOT NULL,
    how character varying(12) NOT NULL,
    at timestamp with time zone NOT NULL,
    by uuid,
    seq bigint NOT NULL,
    matter_id uuid NOT NULL,
    other_id uuid NOT NULL,
    site_id uuid NOT NULL
);
CREATE TABLE public.matters_matterstep (
    id uuid NOT NULL,
    index integer NOT NULL,
    seq bigint NOT NULL,
    at timestamp with time zone NOT NULL,
    by uuid,
    verb character varying(16) NOT NULL,
    "to" uuid,
    due_at timestamp with time zone,
    note character varying(1000) NOT NULL,
    salt character varying(32) NOT NULL,
    matter_id uuid NOT NULL,
    site_id uuid NOT NULL,
    facts jsonb NOT NULL,
    to_group character varying(60) NOT NULL,
    CONSTRAINT matters_matterstep_index_check CHECK ((index >= 0))
);
CREATE TABLE public.matters_recusal (
    id uuid NOT NULL,
    staff_id uuid NOT NULL,
    seq bigint NOT NULL,
    at timestamp with time zone NOT NULL,
    by uuid,
    matter_id uuid NOT NULL,
    site_id uuid NOT NULL
);
CREATE TABLE public.matters_recusalend (
    id uuid NOT NULL,
    seq bigint NOT NULL,
    at timestamp with time zone NOT NULL,
    by uuid,
    recusal_id uuid NOT NULL,
    site_id uuid NOT NULL
);
CREATE TABLE public.mfa_authenticator (
    id bigint NOT NULL,
    type character varying(20) NOT NULL,
    data jsonb NOT NULL,
    user_id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    last_used_at timestamp with time zone
);
ALTER TABLE public.mfa_authenticator ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.mfa_authenticator_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.notices_channelchoice (
    id uuid NOT NULL,
    name character varying(40) NOT NULL,
    kinds character varying(40)[] NOT NULL,
    chosen_at timestamp with time zone NOT NULL,
    chosen_by uuid,
    site_id uuid NOT NULL
);
CREATE TABLE public.notices_delivery (
    id uuid NOT NULL,
    batch uuid NOT NULL,
    channel character varying(40) NOT NULL,
    title character varying(120) NOT NULL,
    body character varying(500) NOT NULL,
    link character varying(200) NOT NULL,
    urgent boolean NOT NULL,
    state character varying(8) NOT NULL,
    attempts smallint NOT NULL,
    next_try_at timestamp with time zone NOT NULL,
    last_error character varying(120) NOT NULL,
    made_at timestamp with time zone NOT NULL,
    sent_at timestamp with time zone,
    site_id uuid NOT NULL,
    device uuid,
    "to" uuid[] NOT NULL,
    topic character varying(32) NOT NULL,
    CONSTRAINT notices_delivery_attempts_check CHECK ((attempts >= 0))
);
CREATE TABLE public.notices_groupmention (
    staff_id uuid NOT NULL,
    feishu_id character varying(64) NOT NULL,
    agreed_at timestamp with time zone NOT NULL
);
CREATE TABLE public.notices_notice (
    id uuid NOT NULL,
    batch uuid NOT NULL,
    to_id uuid NOT NULL,
    kind character varying(40) NOT NULL,
    title character varying(80) NOT NULL,
    body character varying(500) NOT NULL,
    link character varying(200) NOT NULL,
    urgent boolean NOT NULL,
    must_acknowledge boolean NOT NULL,
    clause character varying(12) NOT NULL,
    dedupe character varying(120) NOT NULL,
    made_at timestamp with time zone NOT NULL,
    seen_at timestamp with time zone,
    acknowledged_at timestamp with time zone,
    site_id uuid NOT NULL,
    listed boolean NOT NULL
);
CREATE TABLE public.notices_pushdevice (
    id uuid NOT NULL,
    staff_id uuid NOT NULL,
    session_key character varying(40) NOT NULL,
    words character varying(60) NOT NULL,
    endpoint character varying(600) NOT NULL,
    p256dh character varying(100) NOT NULL,
    auth character varying(40) NOT NULL,
    allowed_at timestamp with time zone NOT NULL,
    last_sent_at timestamp with time zone
);
CREATE TABLE public.notices_ringtrial (
    id uuid NOT NULL,
    staff_id uuid NOT NULL,
    tried_at timestamp with time zone NOT NULL,
    devices smallint NOT NULL,
    groups smallint NOT NULL,
    answered_at timestamp with time zone,
    rang boolean,
    on_device character varying(60) NOT NULL,
    site_id uuid NOT NULL,
    CONSTRAINT notices_ringtrial_devices_check CHECK ((devices >= 0)),
    CONSTRAINT notices_ringtrial_groups_check CHECK ((groups >= 0))
);
CREATE TABLE public.notices_webhook (
    id uuid NOT NULL,
    url character varying(300) NOT NULL,
    kinds character varying(40)[] NOT NULL,
    after bigint NOT NULL,
    made_at timestamp with time zone NOT NULL,
    made_by uuid NOT NULL,
    next_try_at timestamp with time zone NOT NULL,
    failures smallint NOT NULL,
    last_error character varying(120) NOT NULL,
    last_sent_at timestamp with time zone,
    ended_at timestamp with time zone,
    ended_why character varying(120) NOT NULL,
    site_id uuid NOT NULL,
    CONSTRAINT notices_webhook_failures_check CHECK ((failures >= 0))
);
CREATE UNLOGGED TABLE public.people_apicalls (
    kind character varying(5) NOT NULL,
    "window" bigint NOT NULL,
    calls integer NOT NULL,
    token_id uuid NOT NULL,
    CONSTRAINT people_apicalls_calls_check CHECK ((calls >= 0))
);
CREATE TABLE public.people_apitoken (
    id uuid NOT NULL,
    name character varying(60) NOT NULL,
    kind character varying(12) NOT NULL,
    scopes jsonb NOT NULL,
    digest bytea NOT NULL,
    shown character varying(12) NOT NULL,
    made_at timestamp with time zone NOT NULL,
    made_by uuid NOT NULL,
    expires_at timestamp with time zone,
    revoked_at timestamp with time zone,
    last_used_at timestamp with time zone,
    acts_as_id uuid NOT NULL,
    site_id uuid NOT NULL
);
CREATE TABLE public.people_assignment (
    id uuid NOT NULL,
    role character varying(32) NOT NULL,
    since timestamp with time zone NOT NULL,
    until timestamp with time zone,
    given_by character varying(40) NOT NULL,
    ended_by character varying(40) NOT NULL,
    staff_id uuid NOT NULL,
    department_id uuid,
    site_id uuid
);
CREATE TABLE public.people_company (
    id uuid NOT NULL,
    name character varying(80) NOT NULL,
    is_demo boolean NOT NULL,
    managers_need_second_factor boolean NOT NULL,
    set_up_at timestamp with time zone
);
CREATE TABLE public.people_delegation (
    id uuid NOT NULL,
    reason character varying(200) NOT NULL,
    salt character varying(32) NOT NULL,
    receipt character varying(9) NOT NULL,
    since timestamp with time zone NOT NULL,
    until timestamp with time zone NOT NULL,
    revoked_at timestamp with time zone,
    given_by_id uuid NOT NULL,
    given_to_id uuid NOT NULL,
    revoked_by_id uuid,
    site_id uuid NOT NULL,
    CONSTRAINT delegation_has_a_span CHECK ((until > since))
);
CREATE TABLE public.people_demoleft (
    id bigint NOT NULL,
    at timestamp with time zone NOT NULL
);
ALTER TABLE public.people_demoleft ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.people_demoleft_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.people_department (
    id uuid NOT NULL,
    name character varying(40) NOT NULL,
    site_id uuid NOT NULL
);
CREATE TABLE public.people_openinghours (
    id uuid NOT NULL,
    weekday smallint NOT NULL,
    opens time without time zone NOT NULL,
    closes time without time zone NOT NULL,
    site_id uuid NOT NULL,
    CONSTRAINT closes_after_opening CHECK ((closes > opens)),
    CONSTRAINT people_openinghours_weekday_check CHECK ((weekday >= 0))
);
CREATE TABLE public.people_passwordslips (
    id uuid NOT NULL,
    made_at timestamp with time zone NOT NULL,
    staff_ids jsonb NOT NULL,
    put_away_at timestamp with time zone,
    made_by_id uuid NOT NULL
);
CREATE TABLE public.people_post (
    id uuid NOT NULL,
    name character varying(40) NOT NULL,
    must_be_covered boolean NOT NULL,
    site_id uuid NOT NULL
);
CREATE TABLE public.people_roleoffer (
    id uuid NOT NULL,
    role character varying(32) NOT NULL,
    offered_at timestamp with time zone NOT NULL,
    answered_at timestamp with time zone,
    accepted boolean,
    department_id uuid,
    offered_by_id uuid NOT NULL,
    site_id uuid NOT NULL,
    staff_id uuid NOT NULL
);
CREATE TABLE public.people_sharedtablet (
    id uuid NOT NULL,
    name character varying(40) NOT NULL,
    secret_hash character varying(64) NOT NULL,
    added_at timestamp with time zone NOT NULL,
    retired_at timestamp with time zone,
    added_by_id uuid NOT NULL,
    retired_by_id uuid,
    site_id uuid NOT NULL
);
CREATE TABLE public.people_site (
    id uuid NOT NULL,
    kind character varying(20) NOT NULL,
    code character varying(32) NOT NULL,
    name character varying(80) NOT NULL,
    short_name character varying(16) NOT NULL,
    keeps_public_holidays boolean NOT NULL,
    closed_at timestamp with time zone
);
CREATE TABLE public.people_siteholiday (
    id uuid NOT NULL,
    day date NOT NULL,
    works boolean NOT NULL,
    name character varying(40) NOT NULL,
    site_id uuid NOT NULL
);
CREATE TABLE public.people_sitepolicy (
    version integer NOT NULL,
    "values" jsonb NOT NULL,
    since timestamp with time zone NOT NULL,
    by uuid,
    reason character varying(200) NOT NULL,
    salt character varying(32) NOT NULL,
    id uuid NOT NULL,
    name character varying(40) NOT NULL,
    site_id uuid NOT NULL,
    signed_at timestamp with time zone,
    CONSTRAINT people_sitepolicy_version_check CHECK ((version >= 0))
);
CREATE TABLE public.people_staff (
    password character varying(128) NOT NULL,
    last_login timestamp with time zone,
    id uuid NOT NULL,
    account character varying(40) NOT NULL,
    phone character varying(20),
    email character varying(254) NOT NULL,
    name character varying(40) NOT NULL,
    pinyin character varying(120) NOT NULL,
    initials character varying(20) NOT NULL,
    is_active boolean NOT NULL,
    left_at timestamp with time zone,
    pin character varying(128) NOT NULL,
    pin_failures smallint NOT NULL,
    must_change_password boolean NOT NULL,
    first_slips uuid,
    created_at timestamp with time zone NOT NULL,
    sought text DEFAULT ''::text NOT NULL,
    CONSTRAINT account_in_lower_case CHECK (((account)::text = lower((account)::text))),
    CONSTRAINT people_staff_pin_failures_check CHECK ((pin_failures >= 0))
);
CREATE TABLE public.reports_daycertificate (
    id uuid NOT NULL,
    day date NOT NULL,
    at timestamp with time zone NOT NULL,
    body jsonb NOT NULL,
    holds boolean NOT NULL,
    signature character varying(128) NOT NULL,
    key_id character varying(16) NOT NULL,
    seq bigint NOT NULL,
    receipt character varying(16) NOT NULL,
    site_id uuid NOT NULL,
    closing smallint NOT NULL,
    CONSTRAINT reports_daycertificate_closing_check CHECK ((closing >= 0))
);
CREATE TABLE public.tours_breachcopy (
    id uuid NOT NULL,
    at timestamp with time zone NOT NULL,
    by uuid NOT NULL,
    why character varying(200) NOT NULL,
    form character varying(5) NOT NULL,
    since date,
    until date,
    rows integer NOT NULL,
    sha256 character varying(64) NOT NULL,
    seq bigint NOT NULL,
    breach_id uuid NOT NULL,
    site_id uuid NOT NULL,
    CONSTRAINT tours_breachcopy_rows_check CHECK ((rows >= 0))
);
CREATE TABLE public.tours_breachstep (
    id uuid NOT NULL,
    what character varying(8) NOT NULL,
    photos smallint NOT NULL,
    words jsonb NOT NULL,
    salt character varying(32) NOT NULL,
    at timestamp with time zone NOT NULL,
    by uuid NOT NULL,
    seq bigint NOT NULL,
    breach_id uuid NOT NULL,
    site_id uuid NOT NULL,
    CONSTRAINT tours_breachstep_photos_check CHECK ((photos >= 0))
);
CREATE TABLE public.tours_gate (
    id uuid NOT NULL,
    name character varying(20) NOT NULL,
    areas character varying(16)[] NOT NULL,
    on_site boolean NOT NULL,
    seq bigint NOT NULL,
    opened_at timestamp with time zone NOT NULL,
    closed_at timestamp with time zone,
    site_id uuid NOT NULL
);
CREATE TABLE public.tours_gatebreach (
    id uuid NOT NULL,
    number integer NOT NULL,
    leader uuid,
    site_id uuid NOT NULL,
    confirmed_id uuid,
    event_id uuid NOT NULL,
    CONSTRAINT tours_gatebreach_number_check CHECK ((number >= 0))
);
CREATE TABLE public.tours_gateclash (
    id uuid NOT NULL,
    code character varying(20) NOT NULL,
    seq bigint NOT NULL,
    settled_at timestamp with time zone,
    settled_by uuid,
    finding character varying(200) NOT NULL,
    salt character varying(32) NOT NULL,
    site_id uuid NOT NULL,
    beside_id uuid,
    merge_id uuid NOT NULL,
    scan_id uuid NOT NULL
);
CREATE TABLE public.tours_gatedevice (
    id uuid NOT NULL,
    number smallint NOT NULL,
    seq bigint NOT NULL,
    made_at timestamp with time zone NOT NULL,
    made_by uuid,
    heard_at timestamp with time zone,
    waiting integer NOT NULL,
    gate_id uuid NOT NULL,
    site_id uuid NOT NULL,
    phone uuid,
    held_at timestamp with time zone,
    held_by uuid,
    CONSTRAINT tours_gatedevice_number_check CHECK ((number >= 0)),
    CONSTRAINT tours_gatedevice_waiting_check CHECK ((waiting >= 0))
);
CREATE TABLE public.tours_gateevent (
    id uuid NOT NULL,
    number integer NOT NULL,
    seq bigint NOT NULL,
    at timestamp with time zone NOT NULL,
    event character varying(12) NOT NULL,
    by uuid,
    nonce character varying(40) NOT NULL,
    fields jsonb NOT NULL,
    words jsonb NOT NULL,
    salt character varying(32) NOT NULL,
    code character varying(20) NOT NULL,
    clause character varying(12) NOT NULL,
    because character varying(400) NOT NULL,
    answer jsonb NOT NULL,
    context jsonb NOT NULL,
    device_id uuid,
    site_id uuid NOT NULL,
    visit_id uuid,
    visitor_pass_id uuid,
    CONSTRAINT tours_gateevent_number_check CHECK ((number >= 0))
);
CREATE TABLE public.tours_guestlook (
    id uuid NOT NULL,
    seq bigint NOT NULL,
    at timestamp with time zone NOT NULL,
    by uuid NOT NULL,
    why character varying(20) NOT NULL,
    site_id uuid NOT NULL,
    guest_id uuid NOT NULL
);
CREATE TABLE public.tours_hostingevent (
    id uuid NOT NULL,
    index integer NOT NULL,
    seq bigint NOT NULL,
    at timestamp with time zone NOT NULL,
    by uuid,
    kind character varying(10) NOT NULL,
    fields jsonb NOT NULL,
    words jsonb NOT NULL,
    salt character varying(32) NOT NULL,
    mark character varying(80) NOT NULL,
    site_id uuid NOT NULL,
    visit_id uuid NOT NULL,
    CONSTRAINT tours_hostingevent_index_check CHECK ((index >= 0))
);
CREATE TABLE public.tours_passpaper (
    id uuid NOT NULL,
    what character varying(10) NOT NULL,
    at timestamp with time zone NOT NULL,
    by uuid NOT NULL,
    seq bigint NOT NULL,
    site_id uuid NOT NULL,
    revision_id uuid NOT NULL
);
CREATE TABLE public.tours_passplace (
    id uuid NOT NULL,
    zone character varying(16)[] NOT NULL,
    persons integer NOT NULL,
    site_id uuid NOT NULL,
    visitor_pass_id uuid NOT NULL,
    CONSTRAINT tours_passplace_persons_check CHECK ((persons >= 0)),
    CONSTRAINT tours_place_is_somebody CHECK ((persons > 0))
);
CREATE TABLE public.tours_passprinting (
    id uuid NOT NULL,
    day date,
    card boolean NOT NULL,
    at timestamp with time zone NOT NULL,
    by uuid NOT NULL,
    total integer NOT NULL,
    drawn integer NOT NULL,
    upto integer NOT NULL,
    finished_at timestamp with time zone,
    forgotten_at timestamp with time zone,
    site_id uuid NOT NULL,
    visit_id uuid,
    CONSTRAINT tours_passprinting_drawn_check CHECK ((drawn >= 0)),
    CONSTRAINT tours_passprinting_total_check CHECK ((total >= 0)),
    CONSTRAINT tours_passprinting_upto_check CHECK ((upto >= 0)),
    CONSTRAINT tours_printing_of_one_thing CHECK ((((day IS NOT NULL) AND (visit_id IS NULL)) OR ((day IS NULL) AND (visit_id IS NOT NULL))))
);
CREATE TABLE public.tours_passprintpart (
    id bigint NOT NULL,
    number integer NOT NULL,
    first integer NOT NULL,
    last integer NOT NULL,
    passes integer NOT NULL,
    data bytea NOT NULL,
    of_id uuid NOT NULL,
    CONSTRAINT tours_passprintpart_first_check CHECK ((first >= 0)),
    CONSTRAINT tours_passprintpart_last_check CHECK ((last >= 0)),
    CONSTRAINT tours_passprintpart_number_check CHECK ((number >= 0)),
    CONSTRAINT tours_passprintpart_passes_check CHECK ((passes >= 0))
);
ALTER TABLE public.tours_passprintpart ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.tours_passprintpart_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.tours_passrevision (
    id uuid NOT NULL,
    number smallint NOT NULL,
    areas character varying(16)[] NOT NULL,
    starts_at timestamp with time zone NOT NULL,
    ends_at timestamp with time zone NOT NULL,
    persons integer NOT NULL,
    escort uuid NOT NULL,
    photo boolean NOT NULL,
    seq bigint NOT NULL,
    at timestamp with time zone NOT NULL,
    by uuid,
    fate character varying(12) NOT NULL,
    fate_seq bigint NOT NULL,
    fate_at timestamp with time zone NOT NULL,
    fate_by uuid,
    site_id uuid NOT NULL,
    visitor_pass_id uuid NOT NULL,
    CONSTRAINT tours_passrevision_number_check CHECK ((number >= 0)),
    CONSTRAINT tours_passrevision_persons_check CHECK ((persons >= 0)),
    CONSTRAINT tours_revision_has_a_fate CHECK (((fate)::text = ANY (ARRAY[('outstanding'::character varying)::text, ('void'::character varying)::text, ('lost'::character varying)::text, ('returned'::character varying)::text]))),
    CONSTRAINT tours_revision_has_a_span CHECK ((ends_at > starts_at))
);
CREATE TABLE public.tours_tourevent (
    id uuid NOT NULL,
    index integer NOT NULL,
    seq bigint NOT NULL,
    at timestamp with time zone NOT NULL,
    by uuid,
    event character varying(12) NOT NULL,
    fields jsonb NOT NULL,
    words jsonb NOT NULL,
    salt character varying(32) NOT NULL,
    because character varying(400) NOT NULL,
    clause character varying(12) NOT NULL,
    site_id uuid NOT NULL,
    office_id uuid NOT NULL,
    visit_id uuid NOT NULL,
    CONSTRAINT tours_tourevent_index_check CHECK ((index >= 0))
);
CREATE TABLE public.tours_tourguest (
    id uuid NOT NULL,
    number integer NOT NULL,
    seq bigint NOT NULL,
    at timestamp with time zone NOT NULL,
    by uuid,
    name character varying(40) NOT NULL,
    phone character varying(30) NOT NULL,
    role character varying(30) NOT NULL,
    paper character varying(4) NOT NULL,
    minor boolean NOT NULL,
    care_of character varying(40) NOT NULL,
    allowed_by uuid,
    why character varying(100) NOT NULL,
    salt character varying(32) NOT NULL,
    stands character varying(6) NOT NULL,
    gone_seq bigint,
    gone_at timestamp with time zone,
    gone_by uuid,
    instead_id uuid,
    site_id uuid NOT NULL,
    visit_id uuid NOT NULL,
    CONSTRAINT tours_tourguest_number_check CHECK ((number >= 0))
);
CREATE TABLE public.tours_touroffice (
    id uuid NOT NULL,
    version integer NOT NULL,
    seq bigint NOT NULL,
    at timestamp with time zone NOT NULL,
    company jsonb NOT NULL,
    packs jsonb NOT NULL,
    site_id uuid NOT NULL,
    CONSTRAINT tours_touroffice_version_check CHECK ((version >= 0))
);
CREATE TABLE public.tours_tourvisit (
    id uuid NOT NULL,
    seq bigint NOT NULL,
    year smallint NOT NULL,
    number integer NOT NULL,
    opened_at timestamp with time zone NOT NULL,
    how character varying(10) NOT NULL,
    applied_by uuid,
    customer_id uuid,
    visitor character varying(80) NOT NULL,
    contact character varying(40) NOT NULL,
    words jsonb NOT NULL,
    salt character varying(32) NOT NULL,
    language character varying(2) NOT NULL,
    terms character varying(20) NOT NULL,
    key_digest bytea,
    status character varying(16) NOT NULL,
    klass character varying(12) NOT NULL,
    version character varying(40) NOT NULL,
    starts_at timestamp with time zone NOT NULL,
    ends_at timestamp with time zone NOT NULL,
    headcount integer NOT NULL,
    open_areas character varying(16)[] NOT NULL,
    room character varying(40) NOT NULL,
    souvenirs integer NOT NULL,
    state jsonb NOT NULL,
    events integer NOT NULL,
    moved_at timestamp with time zone NOT NULL,
    next_clock_at timestamp with time zone,
    site_id uuid NOT NULL,
    waits jsonb NOT NULL,
    CONSTRAINT tours_has_a_span CHECK ((ends_at > starts_at)),
    CONSTRAINT tours_tourvisit_events_check CHECK ((events >= 0)),
    CONSTRAINT tours_tourvisit_headcount_check CHECK ((headcount >= 0)),
    CONSTRAINT tours_tourvisit_number_check CHECK ((number >= 0)),
    CONSTRAINT tours_tourvisit_souvenirs_check CHECK ((souvenirs >= 0)),
    CONSTRAINT tours_tourvisit_year_check CHECK ((year >= 0))
);
CREATE TABLE public.tours_visitclearing (
    id uuid NOT NULL,
    seq bigint NOT NULL,
    at timestamp with time zone NOT NULL,
    by uuid,
    days integer NOT NULL,
    version integer NOT NULL,
    visits integer NOT NULL,
    guests integer NOT NULL,
    cards integer NOT NULL,
    site_id uuid NOT NULL,
    CONSTRAINT tours_visitclearing_cards_check CHECK ((cards >= 0)),
    CONSTRAINT tours_visitclearing_days_check CHECK ((days >= 0)),
    CONSTRAINT tours_visitclearing_guests_check CHECK ((guests >= 0)),
    CONSTRAINT tours_visitclearing_version_check CHECK ((version >= 0)),
    CONSTRAINT tours_visitclearing_visits_check CHECK ((visits >= 0))
);
CREATE TABLE public.tours_visitorpass (
    id uuid NOT NULL,
    number integer NOT NULL,
    seq bigint NOT NULL,
    revision smallint NOT NULL,
    fate character varying(12) NOT NULL,
    areas character varying(16)[] NOT NULL,
    starts_at timestamp with time zone NOT NULL,
    ends_at timestamp with time zone NOT NULL,
    persons integer NOT NULL,
    escort uuid NOT NULL,
    photo boolean NOT NULL,
    site_id uuid NOT NULL,
    visit_id uuid NOT NULL,
    alarm smallint NOT NULL,
    CONSTRAINT tours_pass_has_a_fate CHECK (((fate)::text = ANY (ARRAY[('outstanding'::character varying)::text, ('void'::character varying)::text, ('lost'::character varying)::text, ('returned'::character varying)::text]))),
    CONSTRAINT tours_visitorpass_alarm_check CHECK ((alarm >= 0)),
    CONSTRAINT tours_visitorpass_number_check CHECK ((number >= 0)),
    CONSTRAINT tours_visitorpass_persons_check CHECK ((persons >= 0)),
    CONSTRAINT tours_visitorpass_revision_check CHECK ((revision >= 0))
);
CREATE TABLE public.usersessions_usersession (
    id bigint NOT NULL,
    created_at timestamp with time zone NOT NULL,
    ip inet NOT NULL,
    last_seen_at timestamp with time zone NOT NULL,
    session_key character varying(40) NOT NULL,
    user_agent character varying(200) NOT NULL,
    data jsonb NOT NULL,
    user_id uuid NOT NULL
);
ALTER TABLE public.usersessions_usersession ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.usersessions_usersession_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
ALTER TABLE ONLY public.account_emailaddress
    ADD CONSTRAINT account_emailaddress_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.account_emailaddress
    ADD CONSTRAINT account_emailaddress_user_id_email_987c8728_uniq UNIQUE (user_id, email);
ALTER TABLE ONLY public.account_emailconfirmation
    ADD CONSTRAINT account_emailconfirmation_key_key UNIQUE (key);
ALTER TABLE ONLY public.account_emailconfirmation
    ADD CONSTRAINT account_emailconfirmation_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.approvals_approval
    ADD CONSTRAINT approval_number_once UNIQUE (site_id, number);
ALTER TABLE ONLY public.approvals_approval
    ADD CONSTRAINT approvals_approval_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.duty_asset
    ADD CONSTRAINT asset_number_once UNIQUE (site_id, number);
ALTER TABLE ONLY public.auth_group
    ADD CONSTRAINT auth_group_name_key UNIQUE (name);
ALTER TABLE ONLY public.auth_group_permissions
    ADD CONSTRAINT auth_group_permissions_group_id_permission_id_0cd325b0_uniq UNIQUE (group_id, permission_id);
ALTER TABLE ONLY public.auth_group_permissions
    ADD CONSTRAINT auth_group_permissions_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.auth_group
    ADD CONSTRAINT auth_group_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.auth_permission
    ADD CONSTRAINT auth_permission_content_type_id_codename_01ab375a_uniq UNIQUE (content_type_id, codename);
ALTER TABLE ONLY public.auth_permission
    ADD CONSTRAINT auth_permission_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.axes_accessattempt
    ADD CONSTRAINT axes_accessattempt_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.axes_accessattempt
    ADD CONSTRAINT axes_accessattempt_username_ip_address_user_agent_8ea22282_uniq UNIQUE (username, ip_address, user_agent);
ALTER TABLE ONLY public.axes_accessattemptexpiration
    ADD CONSTRAINT axes_accessattemptexpiration_pkey PRIMARY KEY (access_attempt_id);
ALTER TABLE ONLY public.axes_accessfailurelog
    ADD CONSTRAINT axes_accessfailurelog_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.axes_accesslog
    ADD CONSTRAINT axes_accesslog_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.notices_channelchoice
    ADD CONSTRAINT channel_once_a_site UNIQUE (site_id, name);
ALTER TABLE ONLY public.duty_checklist
    ADD CONSTRAINT check_list_version_once UNIQUE (site_id, kind, version);
ALTER TABLE ONLY public.customers_consent
    ADD CONSTRAINT consent_once_a_seq UNIQUE (customer_id, seq);
ALTER TABLE ONLY public.customers_customer
    ADD CONSTRAINT customer_number_once UNIQUE (site_id, number);
ALTER TABLE ONLY public.customers_consent
    ADD CONSTRAINT customers_consent_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.customers_consentwording
    ADD CONSTRAINT customers_consentwording_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.customers_customer
    ADD CONSTRAINT customers_customer_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.customers_customername
    ADD CONSTRAINT customers_customername_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.customers_customerphone
    ADD CONSTRAINT customers_customerphone_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.customers_merge
    ADD CONSTRAINT customers_merge_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.customers_notsameperson
    ADD CONSTRAINT customers_notsameperson_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.customers_receiverofrecord
    ADD CONSTRAINT customers_receiverofrecord_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.customers_reveal
    ADD CONSTRAINT customers_reveal_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.floor_turndecision
    ADD CONSTRAINT decision_position_once UNIQUE (site_id, event_id, "position");
ALTER TABLE ONLY public.notices_delivery
    ADD CONSTRAINT delivered_once_a_channel UNIQUE NULLS NOT DISTINCT (batch, channel, device);
ALTER TABLE ONLY public.people_department
    ADD CONSTRAINT department_once_a_site UNIQUE (site_id, name);
ALTER TABLE ONLY public.desk_answerentry
    ADD CONSTRAINT desk_answer_number_once UNIQUE (site_id, number);
ALTER TABLE ONLY public.desk_answerversion
    ADD CONSTRAINT desk_answer_version_once UNIQUE (entry_id, version);
ALTER TABLE ONLY public.desk_answerentry
    ADD CONSTRAINT desk_answerentry_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.desk_answeruse
    ADD CONSTRAINT desk_answeruse_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.desk_answerversion
    ADD CONSTRAINT desk_answerversion_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.desk_building
    ADD CONSTRAINT desk_building_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.desk_callanswer
    ADD CONSTRAINT desk_callanswer_event_id_key UNIQUE (event_id);
ALTER TABLE ONLY public.desk_callanswer
    ADD CONSTRAINT desk_callanswer_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.desk_callsheetcopy
    ADD CONSTRAINT desk_callsheetcopy_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.desk_cashday
    ADD CONSTRAINT desk_cash_day_once UNIQUE (site_id, day, version);
ALTER TABLE ONLY public.desk_cashday
    ADD CONSTRAINT desk_cashday_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.desk_cashhandover
    ADD CONSTRAINT desk_cashhandover_cash_day_id_key UNIQUE (cash_day_id);
ALTER TABLE ONLY public.desk_cashhandover
    ADD CONSTRAINT desk_cashhandover_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.desk_complaintcause
    ADD CONSTRAINT desk_complaintcause_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.desk_completion
    ADD CONSTRAINT desk_completion_number UNIQUE (site_id, year, number);
ALTER TABLE ONLY public.desk_completion
    ADD CONSTRAINT desk_completion_once UNIQUE (matter_id, index);
ALTER TABLE ONLY public.desk_completion
    ADD CONSTRAINT desk_completion_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.desk_deskevent
    ADD CONSTRAINT desk_deskevent_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.desk_deskmatter
    ADD CONSTRAINT desk_deskmatter_matter_id_key UNIQUE (matter_id);
ALTER TABLE ONLY public.desk_deskmatter
    ADD CONSTRAINT desk_deskmatter_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.desk_desknote
    ADD CONSTRAINT desk_desknote_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.desk_deskoffice
    ADD CONSTRAINT desk_deskoffice_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.desk_deskevent
    ADD CONSTRAINT desk_event_once UNIQUE (matter_id, index);
ALTER TABLE ONLY public.desk_home
    ADD CONSTRAINT desk_home_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.desk_deskmatter
    ADD CONSTRAINT desk_number_once UNIQUE (site_id, year, number);
ALTER TABLE ONLY public.desk_deskoffice
    ADD CONSTRAINT desk_office_once UNIQUE (site_id, version);
ALTER TABLE ONLY public.desk_payment
    ADD CONSTRAINT desk_payment_corrects_id_key UNIQUE (corrects_id);
ALTER TABLE ONLY public.desk_payment
    ADD CONSTRAINT desk_payment_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.desk_payment
    ADD CONSTRAINT desk_payment_reduction_id_key UNIQUE (reduction_id);
ALTER TABLE ONLY public.desk_phase
    ADD CONSTRAINT desk_phase_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.desk_pricelist
    ADD CONSTRAINT desk_pricelist_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.desk_pricelist
    ADD CONSTRAINT desk_prices_once UNIQUE (site_id, version);
ALTER TABLE ONLY public.desk_quote
    ADD CONSTRAINT desk_quote_once UNIQUE (matter_id, index);
ALTER TABLE ONLY public.desk_quote
    ADD CONSTRAINT desk_quote_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.desk_quoteanswer
    ADD CONSTRAINT desk_quoteanswer_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.desk_quoteanswer
    ADD CONSTRAINT desk_quoteanswer_quote_id_key UNIQUE (quote_id);
ALTER TABLE ONLY public.desk_quotecode
    ADD CONSTRAINT desk_quotecode_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.desk_payment
    ADD CONSTRAINT desk_receipt_number UNIQUE (site_id, year, number);
ALTER TABLE ONLY public.desk_reduction
    ADD CONSTRAINT desk_reduction_approval_id_key UNIQUE (approval_id);
ALTER TABLE ONLY public.desk_reduction
    ADD CONSTRAINT desk_reduction_once UNIQUE (matter_id, index);
ALTER TABLE ONLY public.desk_reduction
    ADD CONSTRAINT desk_reduction_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.desk_registercopy
    ADD CONSTRAINT desk_registercopy_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.desk_residentnote
    ADD CONSTRAINT desk_residentnote_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.desk_stockitem
    ADD CONSTRAINT desk_stock_name UNIQUE (site_id, name);
ALTER TABLE ONLY public.desk_stockitem
    ADD CONSTRAINT desk_stockitem_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.desk_stockmove
    ADD CONSTRAINT desk_stockmove_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.desk_tenancy
    ADD CONSTRAINT desk_tenancy_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.floor_dispute
    ADD CONSTRAINT dispute_number_once UNIQUE (site_id, number);
ALTER TABLE ONLY public.django_content_type
    ADD CONSTRAINT django_content_type_app_label_model_76bd3d3b_uniq UNIQUE (app_label, model);
ALTER TABLE ONLY public.django_content_type
    ADD CONSTRAINT django_content_type_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.django_migrations
    ADD CONSTRAINT django_migrations_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.django_session
    ADD CONSTRAINT django_session_pkey PRIMARY KEY (session_key);
ALTER TABLE ONLY public.duty_dutyalert
    ADD CONSTRAINT duty_alert_once UNIQUE (log_id, index);
ALTER TABLE ONLY public.duty_asset
    ADD CONSTRAINT duty_asset_mark_key UNIQUE (mark);
ALTER TABLE ONLY public.duty_asset
    ADD CONSTRAINT duty_asset_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.duty_checkanswer
    ADD CONSTRAINT duty_checkanswer_event_id_key UNIQUE (event_id);
ALTER TABLE ONLY public.duty_checkanswer
    ADD CONSTRAINT duty_checkanswer_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.duty_checkanswer
    ADD CONSTRAINT duty_checkanswer_sent_back_id_key UNIQUE (sent_back_id);
ALTER TABLE ONLY public.duty_checkdraft
    ADD CONSTRAINT duty_checkdraft_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.duty_checklist
    ADD CONSTRAINT duty_checklist_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.duty_checkreturn
    ADD CONSTRAINT duty_checkreturn_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.duty_dutyalert
    ADD CONSTRAINT duty_dutyalert_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.duty_dutyevent
    ADD CONSTRAINT duty_dutyevent_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.duty_dutylog
    ADD CONSTRAINT duty_dutylog_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.duty_emergencyprocedure
    ADD CONSTRAINT duty_emergencyprocedure_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.duty_dutyevent
    ADD CONSTRAINT duty_event_once UNIQUE (log_id, index);
ALTER TABLE ONLY public.duty_faultreport
    ADD CONSTRAINT duty_faultreport_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.duty_flatfacts
    ADD CONSTRAINT duty_flatfacts_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.duty_guestcode
    ADD CONSTRAINT duty_guestcode_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.duty_guestcode
    ADD CONSTRAINT duty_guestcode_post_id_key UNIQUE (post_id);
ALTER TABLE ONLY public.duty_handover
    ADD CONSTRAINT duty_handover_event_id_key UNIQUE (event_id);
ALTER TABLE ONLY public.duty_handover
    ADD CONSTRAINT duty_handover_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.duty_handovernote
    ADD CONSTRAINT duty_handovernote_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.duty_handoversignature
    ADD CONSTRAINT duty_handoversignature_event_id_key UNIQUE (event_id);
ALTER TABLE ONLY public.duty_handoversignature
    ADD CONSTRAINT duty_handoversignature_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.duty_incident
    ADD CONSTRAINT duty_incident_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.duty_incidentcopy
    ADD CONSTRAINT duty_incidentcopy_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.duty_incidentnote
    ADD CONSTRAINT duty_incidentnote_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.duty_leave
    ADD CONSTRAINT duty_leave_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.duty_linedetail
    ADD CONSTRAINT duty_linedetail_matter_id_key UNIQUE (matter_id);
ALTER TABLE ONLY public.duty_linedetail
    ADD CONSTRAINT duty_linedetail_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.duty_matchconfirmation
    ADD CONSTRAINT duty_matchconfirmation_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.duty_matchsettlement
    ADD CONSTRAINT duty_matchsettlement_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.duty_passedquestion
    ADD CONSTRAINT duty_passedquestion_matter_id_key UNIQUE (matter_id);
ALTER TABLE ONLY public.duty_passedquestion
    ADD CONSTRAINT duty_passedquestion_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.duty_postrule
    ADD CONSTRAINT duty_postrule_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.duty_postrule
    ADD CONSTRAINT duty_postrule_post_id_key UNIQUE (post_id);
ALTER TABLE ONLY public.duty_reportsending
    ADD CONSTRAINT duty_reportsending_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.duty_rostercell
    ADD CONSTRAINT duty_rostercell_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.duty_rosterfeed
    ADD CONSTRAINT duty_rosterfeed_digest_key UNIQUE (digest);
ALTER TABLE ONLY public.duty_rosterfeed
    ADD CONSTRAINT duty_rosterfeed_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.duty_sharedchecklist
    ADD CONSTRAINT duty_sharedchecklist_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.duty_shiftkind
    ADD CONSTRAINT duty_shiftkind_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.duty_shiftswap
    ADD CONSTRAINT duty_shiftswap_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.duty_showvisit
    ADD CONSTRAINT duty_showvisit_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.duty_visitmatching
    ADD CONSTRAINT duty_visitmatching_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.duty_visitreferral
    ADD CONSTRAINT duty_visitreferral_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.duty_visitreferral
    ADD CONSTRAINT duty_visitreferral_visit_id_key UNIQUE (visit_id);
ALTER TABLE ONLY public.duty_visitsheet
    ADD CONSTRAINT duty_visitsheet_corrects_id_key UNIQUE (corrects_id);
ALTER TABLE ONLY public.duty_visitsheet
    ADD CONSTRAINT duty_visitsheet_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.duty_visitsheetcopy
    ADD CONSTRAINT duty_visitsheetcopy_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.duty_visitsheetwords
    ADD CONSTRAINT duty_visitsheetwords_pkey PRIMARY KEY (entry_id);
ALTER TABLE ONLY public.floor_turnevent
    ADD CONSTRAINT event_index_once UNIQUE (site_id, day_id, index);
ALTER TABLE ONLY public.files_storedfile
    ADD CONSTRAINT files_storedfile_name_key UNIQUE (name);
ALTER TABLE ONLY public.files_storedfile
    ADD CONSTRAINT files_storedfile_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.duty_flatfacts
    ADD CONSTRAINT flat_facts_once UNIQUE (site_id, post_id, version);
ALTER TABLE ONLY public.floor_call
    ADD CONSTRAINT floor_call_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.floor_casecopy
    ADD CONSTRAINT floor_casecopy_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.floor_channel
    ADD CONSTRAINT floor_channel_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.floor_channelregistration
    ADD CONSTRAINT floor_channelregistration_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.floor_claim
    ADD CONSTRAINT floor_claim_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.floor_dispute
    ADD CONSTRAINT floor_dispute_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.floor_galleryday
    ADD CONSTRAINT floor_galleryday_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.floor_gallerypolicy
    ADD CONSTRAINT floor_gallerypolicy_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.importing_importfile
    ADD CONSTRAINT floor_importfile_pkey PRIMARY KEY (belongs_to_id);
ALTER TABLE ONLY public.importing_importrow
    ADD CONSTRAINT floor_importrow_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.floor_needs
    ADD CONSTRAINT floor_needs_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.floor_nudge
    ADD CONSTRAINT floor_nudge_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.floor_presence
    ADD CONSTRAINT floor_presence_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.floor_queuestate
    ADD CONSTRAINT floor_queuestate_pkey PRIMARY KEY (day_id);
ALTER TABLE ONLY public.floor_reception
    ADD CONSTRAINT floor_reception_decision_id_key UNIQUE (decision_id);
ALTER TABLE ONLY public.floor_reception
    ADD CONSTRAINT floor_reception_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.floor_registerentry
    ADD CONSTRAINT floor_registerentry_corrects_id_key UNIQUE (corrects_id);
ALTER TABLE ONLY public.floor_registerentry
    ADD CONSTRAINT floor_registerentry_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.floor_registerexport
    ADD CONSTRAINT floor_registerexport_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.importing_importrun
    ADD CONSTRAINT floor_registerimport_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.floor_registerwords
    ADD CONSTRAINT floor_registerwords_pkey PRIMARY KEY (entry_id);
ALTER TABLE ONLY public.floor_reopening
    ADD CONSTRAINT floor_reopening_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.floor_ruling
    ADD CONSTRAINT floor_ruling_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.floor_ruling
    ADD CONSTRAINT floor_ruling_replaces_id_key UNIQUE (replaces_id);
ALTER TABLE ONLY public.floor_standingorder
    ADD CONSTRAINT floor_standingorder_pkey PRIMARY KEY (site_id);
ALTER TABLE ONLY public.floor_statement
    ADD CONSTRAINT floor_statement_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.floor_step
    ADD CONSTRAINT floor_step_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.floor_turndecision
    ADD CONSTRAINT floor_turndecision_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.floor_turnevent
    ADD CONSTRAINT floor_turnevent_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.floor_undone
    ADD CONSTRAINT floor_undone_event_id_key UNIQUE (event_id);
ALTER TABLE ONLY public.floor_undone
    ADD CONSTRAINT floor_undone_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.floor_visit
    ADD CONSTRAINT floor_visit_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.floor_wrongcode
    ADD CONSTRAINT floor_wrongcode_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.people_siteholiday
    ADD CONSTRAINT holiday_once_a_site UNIQUE (site_id, day);
ALTER TABLE ONLY public.importing_namedperson
    ADD CONSTRAINT import_name_once UNIQUE (of_id, name);
ALTER TABLE ONLY public.importing_importrow
    ADD CONSTRAINT import_row_once UNIQUE (of_id, n);
ALTER TABLE ONLY public.importing_mappingmemory
    ADD CONSTRAINT importing_mappingmemory_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.importing_namedperson
    ADD CONSTRAINT importing_namedperson_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.duty_incidentnote
    ADD CONSTRAINT incident_note_once UNIQUE (incident_id, number);
ALTER TABLE ONLY public.duty_incident
    ADD CONSTRAINT incident_number_once UNIQUE (site_id, number);
ALTER TABLE ONLY public.journal_checkpoint
    ADD CONSTRAINT journal_checkpoint_pkey PRIMARY KEY (site_id, size);
ALTER TABLE ONLY public.journal_checkresult
    ADD CONSTRAINT journal_checkresult_pkey PRIMARY KEY (site_id);
ALTER TABLE ONLY public.journal_dayroot
    ADD CONSTRAINT journal_dayroot_pkey PRIMARY KEY (site_id, size);
ALTER TABLE ONLY public.journal_departure
    ADD CONSTRAINT journal_departs_once UNIQUE (site_id, size, way);
ALTER TABLE ONLY public.journal_departure
    ADD CONSTRAINT journal_departure_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.journal_entry
    ADD CONSTRAINT journal_entry_pkey PRIMARY KEY (site_id, seq);
ALTER TABLE ONLY public.journal_ledger
    ADD CONSTRAINT journal_ledger_pkey PRIMARY KEY (site_id);
ALTER TABLE ONLY public.journal_storedresponse
    ADD CONSTRAINT journal_storedresponse_pkey PRIMARY KEY (site_id, key);
ALTER TABLE ONLY public.importing_mappingmemory
    ADD CONSTRAINT mapping_once UNIQUE (site_id, kind, heading);
ALTER TABLE ONLY public.matters_matterlink
    ADD CONSTRAINT matter_link_once UNIQUE (matter_id, how, other_id);
ALTER TABLE ONLY public.matters_matter
    ADD CONSTRAINT matter_number_once UNIQUE (site_id, number);
ALTER TABLE ONLY public.matters_matterstep
    ADD CONSTRAINT matter_step_once UNIQUE (matter_id, index);
ALTER TABLE ONLY public.matters_matter
    ADD CONSTRAINT matters_matter_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.matters_matterlink
    ADD CONSTRAINT matters_matterlink_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.matters_matterstep
    ADD CONSTRAINT matters_matterstep_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.matters_recusal
    ADD CONSTRAINT matters_recusal_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.matters_recusalend
    ADD CONSTRAINT matters_recusalend_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.matters_recusalend
    ADD CONSTRAINT matters_recusalend_recusal_id_key UNIQUE (recusal_id);
ALTER TABLE ONLY public.mfa_authenticator
    ADD CONSTRAINT mfa_authenticator_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.notices_channelchoice
    ADD CONSTRAINT notices_channelchoice_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.notices_delivery
    ADD CONSTRAINT notices_delivery_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.notices_groupmention
    ADD CONSTRAINT notices_groupmention_pkey PRIMARY KEY (staff_id);
ALTER TABLE ONLY public.notices_notice
    ADD CONSTRAINT notices_notice_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.notices_pushdevice
    ADD CONSTRAINT notices_pushdevice_endpoint_key UNIQUE (endpoint);
ALTER TABLE ONLY public.notices_pushdevice
    ADD CONSTRAINT notices_pushdevice_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.notices_ringtrial
    ADD CONSTRAINT notices_ringtrial_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.notices_webhook
    ADD CONSTRAINT notices_webhook_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.reports_daycertificate
    ADD CONSTRAINT one_certificate_a_closing UNIQUE (site_id, day, closing);
ALTER TABLE ONLY public.duty_checkdraft
    ADD CONSTRAINT one_draft_of_a_check_list UNIQUE (site_id, kind);
ALTER TABLE ONLY public.duty_dutylog
    ADD CONSTRAINT one_duty_log_a_day UNIQUE (site_id, day);
ALTER TABLE ONLY public.floor_galleryday
    ADD CONSTRAINT one_gallery_day_a_date UNIQUE (site_id, day);
ALTER TABLE ONLY public.duty_leave
    ADD CONSTRAINT one_leave_a_request UNIQUE (approval_id);
ALTER TABLE ONLY public.duty_rostercell
    ADD CONSTRAINT one_shift_a_day UNIQUE (site_id, day, staff_id);
ALTER TABLE ONLY public.customers_notsameperson
    ADD CONSTRAINT pair_dismissed_once UNIQUE (first_id, second_id);
ALTER TABLE ONLY public.people_apicalls
    ADD CONSTRAINT people_apicalls_pkey PRIMARY KEY (token_id, kind);
ALTER TABLE ONLY public.people_apitoken
    ADD CONSTRAINT people_apitoken_digest_key UNIQUE (digest);
ALTER TABLE ONLY public.people_apitoken
    ADD CONSTRAINT people_apitoken_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.people_assignment
    ADD CONSTRAINT people_assignment_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.people_company
    ADD CONSTRAINT people_company_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.people_delegation
    ADD CONSTRAINT people_delegation_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.people_demoleft
    ADD CONSTRAINT people_demoleft_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.people_department
    ADD CONSTRAINT people_department_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.people_openinghours
    ADD CONSTRAINT people_openinghours_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.people_passwordslips
    ADD CONSTRAINT people_passwordslips_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.people_post
    ADD CONSTRAINT people_post_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.people_roleoffer
    ADD CONSTRAINT people_roleoffer_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.people_sharedtablet
    ADD CONSTRAINT people_sharedtablet_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.people_site
    ADD CONSTRAINT people_site_code_key UNIQUE (code);
ALTER TABLE ONLY public.people_site
    ADD CONSTRAINT people_site_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.people_siteholiday
    ADD CONSTRAINT people_siteholiday_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.people_sitepolicy
    ADD CONSTRAINT people_sitepolicy_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.people_staff
    ADD CONSTRAINT people_staff_account_key UNIQUE (account);
ALTER TABLE ONLY public.people_staff
    ADD CONSTRAINT people_staff_phone_key UNIQUE (phone);
ALTER TABLE ONLY public.people_staff
    ADD CONSTRAINT people_staff_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.floor_gallerypolicy
    ADD CONSTRAINT policy_version_once UNIQUE (site_id, version);
ALTER TABLE ONLY public.people_post
    ADD CONSTRAINT post_once_a_site UNIQUE (site_id, name);
ALTER TABLE ONLY public.duty_emergencyprocedure
    ADD CONSTRAINT procedure_version_once UNIQUE (site_id, type, version);
ALTER TABLE ONLY public.customers_receiverofrecord
    ADD CONSTRAINT receiver_once_a_seq UNIQUE (customer_id, seq);
ALTER TABLE ONLY public.floor_registerentry
    ADD CONSTRAINT register_number_once UNIQUE (site_id, number);
ALTER TABLE ONLY public.duty_reportsending
    ADD CONSTRAINT report_sending_once UNIQUE (matter_id, number);
ALTER TABLE ONLY public.reports_daycertificate
    ADD CONSTRAINT reports_daycertificate_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.duty_sharedchecklist
    ADD CONSTRAINT shared_list_version_once UNIQUE (company_id, place, kind, version);
ALTER TABLE ONLY public.duty_showvisit
    ADD CONSTRAINT show_visit_once_a_day UNIQUE (site_id, day, number);
ALTER TABLE ONLY public.people_sitepolicy
    ADD CONSTRAINT site_policy_once UNIQUE (site_id, name, version);
ALTER TABLE ONLY public.tours_gatebreach
    ADD CONSTRAINT tours_breach_once UNIQUE (site_id, number);
ALTER TABLE ONLY public.tours_breachcopy
    ADD CONSTRAINT tours_breachcopy_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.tours_breachstep
    ADD CONSTRAINT tours_breachstep_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.tours_gateclash
    ADD CONSTRAINT tours_clash_once UNIQUE (scan_id, code);
ALTER TABLE ONLY public.tours_gatedevice
    ADD CONSTRAINT tours_device_once UNIQUE (gate_id, number);
ALTER TABLE ONLY public.tours_tourevent
    ADD CONSTRAINT tours_event_once UNIQUE (visit_id, index);
ALTER TABLE ONLY public.tours_gateevent
    ADD CONSTRAINT tours_gate_event_once UNIQUE (site_id, number);
ALTER TABLE ONLY public.tours_gate
    ADD CONSTRAINT tours_gate_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.tours_gatebreach
    ADD CONSTRAINT tours_gatebreach_confirmed_id_key UNIQUE (confirmed_id);
ALTER TABLE ONLY public.tours_gatebreach
    ADD CONSTRAINT tours_gatebreach_event_id_key UNIQUE (event_id);
ALTER TABLE ONLY public.tours_gatebreach
    ADD CONSTRAINT tours_gatebreach_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.tours_gateclash
    ADD CONSTRAINT tours_gateclash_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.tours_gatedevice
    ADD CONSTRAINT tours_gatedevice_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.tours_gateevent
    ADD CONSTRAINT tours_gateevent_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.tours_tourguest
    ADD CONSTRAINT tours_guest_once UNIQUE (visit_id, number);
ALTER TABLE ONLY public.tours_guestlook
    ADD CONSTRAINT tours_guestlook_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.tours_hostingevent
    ADD CONSTRAINT tours_hosting_once UNIQUE (visit_id, index);
ALTER TABLE ONLY public.tours_hostingevent
    ADD CONSTRAINT tours_hostingevent_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.tours_tourvisit
    ADD CONSTRAINT tours_number_once UNIQUE (site_id, year, number);
ALTER TABLE ONLY public.tours_touroffice
    ADD CONSTRAINT tours_office_once UNIQUE (site_id, version);
ALTER TABLE ONLY public.tours_passprintpart
    ADD CONSTRAINT tours_part_once UNIQUE (of_id, number);
ALTER TABLE ONLY public.tours_visitorpass
    ADD CONSTRAINT tours_pass_once UNIQUE (site_id, number);
ALTER TABLE ONLY public.tours_passpaper
    ADD CONSTRAINT tours_passpaper_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.tours_passplace
    ADD CONSTRAINT tours_passplace_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.tours_passprinting
    ADD CONSTRAINT tours_passprinting_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.tours_passprintpart
    ADD CONSTRAINT tours_passprintpart_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.tours_passrevision
    ADD CONSTRAINT tours_passrevision_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.tours_passplace
    ADD CONSTRAINT tours_place_once UNIQUE (visitor_pass_id, zone);
ALTER TABLE ONLY public.tours_passrevision
    ADD CONSTRAINT tours_revision_once UNIQUE (visitor_pass_id, number);
ALTER TABLE ONLY public.tours_tourevent
    ADD CONSTRAINT tours_tourevent_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.tours_tourguest
    ADD CONSTRAINT tours_tourguest_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.tours_touroffice
    ADD CONSTRAINT tours_touroffice_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.tours_tourvisit
    ADD CONSTRAINT tours_tourvisit_key_digest_key UNIQUE (key_digest);
ALTER TABLE ONLY public.tours_tourvisit
    ADD CONSTRAINT tours_tourvisit_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.tours_visitclearing
    ADD CONSTRAINT tours_visitclearing_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.tours_visitorpass
    ADD CONSTRAINT tours_visitorpass_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.usersessions_usersession
    ADD CONSTRAINT usersessions_usersession_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.usersessions_usersession
    ADD CONSTRAINT usersessions_usersession_session_key_key UNIQUE (session_key);
ALTER TABLE ONLY public.floor_visit
    ADD CONSTRAINT visit_number_once UNIQUE (site_id, day_id, number);
ALTER TABLE ONLY public.people_openinghours
    ADD CONSTRAINT window_once_a_weekday UNIQUE (site_id, weekday, opens);
ALTER TABLE ONLY public.customers_consentwording
    ADD CONSTRAINT wording_version_once UNIQUE (site_id, version);
CREATE UNIQUE INDEX a_group_has_one_receiver ON public.floor_reception USING btree (site_id, visit_id) WHERE (ended_at IS NULL);
CREATE INDEX account_emailaddress_email_03be32b2 ON public.account_emailaddress USING btree (email);
CREATE INDEX account_emailaddress_email_03be32b2_like ON public.account_emailaddress USING btree (email varchar_pattern_ops);
CREATE INDEX account_emailaddress_user_id_2c513194 ON public.account_emailaddress USING btree (user_id);
CREATE INDEX account_emailconfirmation_email_address_id_5b7f8c58 ON public.account_emailconfirmation USING btree (email_address_id);
CREATE INDEX account_emailconfirmation_key_f43612bd_like ON public.account_emailconfirmation USING btree (key varchar_pattern_ops);
CREATE INDEX approval_asked ON public.approvals_approval USING btree (site_id, kind) WHERE ((status)::text = 'asked'::text);
CREATE INDEX approval_due ON public.approvals_approval USING btree (due_at) WHERE ((status)::text = 'asked'::text);
CREATE INDEX approval_of_asker ON public.approvals_approval USING btree (site_id, asked_by);
CREATE INDEX auth_group_name_a6ea08ec_like ON public.auth_group USING btree (name varchar_pattern_ops);
CREATE INDEX auth_group_permissions_group_id_b120cbf9 ON public.auth_group_permissions USING btree (group_id);
CREATE INDEX auth_group_permissions_permission_id_84c5c92e ON public.auth_group_permissions USING btree (permission_id);
CREATE INDEX auth_permission_content_type_id_2f476e4b ON public.auth_permission USING btree (content_type_id);
CREATE INDEX axes_accessattempt_ip_address_10922d9c ON public.axes_accessattempt USING btree (ip_address);
CREATE INDEX axes_accessattempt_user_agent_ad89678b ON public.axes_accessattempt USING btree (user_agent);
CREATE INDEX axes_accessattempt_user_agent_ad89678b_like ON public.axes_accessattempt USING btree (user_agent varchar_pattern_ops);
CREATE INDEX axes_accessattempt_username_3f2d4ca0 ON public.axes_accessattempt USING btree (username);
CREATE INDEX axes_accessattempt_username_3f2d4ca0_like ON public.axes_accessattempt USING btree (username varchar_pattern_ops);
CREATE INDEX axes_accessfailurelog_ip_address_2e9f5a7f ON public.axes_accessfailurelog USING btree (ip_address);
CREATE INDEX axes_accessfailurelog_user_agent_ea145dda ON public.axes_accessfailurelog USING btree (user_agent);
CREATE INDEX axes_accessfailurelog_user_agent_ea145dda_like ON public.axes_accessfailurelog USING btree (user_agent varchar_pattern_ops);
CREATE INDEX axes_accessfailurelog_username_a8b7e8a4 ON public.axes_accessfailurelog USING btree (username);
CREATE INDEX axes_accessfailurelog_username_a8b7e8a4_like ON public.axes_accessfailurelog USING btree (username varchar_pattern_ops);
CREATE INDEX axes_accesslog_ip_address_86b417e5 ON public.axes_accesslog USING btree (ip_address);
CREATE INDEX axes_accesslog_user_agent_0e659004 ON public.axes_accesslog USING btree (user_agent);
CREATE INDEX axes_accesslog_user_agent_0e659004_like ON public.axes_accesslog USING btree (user_agent varchar_pattern_ops);
CREATE INDEX axes_accesslog_username_df93064b ON public.axes_accesslog USING btree (username);
CREATE INDEX axes_accesslog_username_df93064b_like ON public.axes_accesslog USING btree (username varchar_pattern_ops);
CREATE UNIQUE INDEX building_once ON public.desk_building USING btree (site_id, phase_id, name) NULLS NOT DISTINCT WHERE (removed_at IS NULL);
CREATE INDEX call_by_time ON public.floor_call USING btree (site_id, at);
CREATE INDEX call_of_customer ON public.floor_call USING btree (site_id, customer_id, seq);
CREATE INDEX call_of_taker ON public.floor_call USING btree (site_id, taken_by, at);
CREATE INDEX case_copy_of_customer ON public.floor_casecopy USING btree (site_id, customer_id);
CREATE INDEX channel_by_time ON public.floor_channelregistration USING btree (site_id, at);
CREATE INDEX channel_of_customer ON public.floor_channelregistration USING btree (site_id, customer_id, seq);
CREATE UNIQUE INDEX channel_once ON public.floor_channel USING btree (site_id, name) WHERE (ended_at IS NULL);
CREATE INDEX check_answer_of_day ON public.duty_checkanswer USING btree (log_id);
CREATE INDEX check_return_of_day ON public.duty_checkreturn USING btree (log_id);
CREATE INDEX customer_merged ON public.customers_customer USING btree (merged_into_id) WHERE (merged_into_id IS NOT NULL);
CREATE UNIQUE INDEX customer_name_once ON public.customers_customername USING btree (customer_id, name) WHERE (removed_at IS NULL);
CREATE INDEX customer_name_whole ON public.customers_customername USING btree (site_id, name);
CREATE UNIQUE INDEX customer_one_primary_name ON public.customers_customername USING btree (customer_id) WHERE ("primary" AND (removed_at IS NULL));
CREATE UNIQUE INDEX customer_one_primary_phone ON public.customers_customerphone USING btree (customer_id) WHERE ("primary" AND (removed_at IS NULL));
CREATE UNIQUE INDEX customer_phone_once ON public.customers_customerphone USING btree (customer_id, e164) WHERE (removed_at IS NULL);
CREATE INDEX customer_phone_suffix ON public.customers_customerphone USING btree (site_id, reversed varchar_pattern_ops);
CREATE INDEX customer_recent ON public.customers_customer USING btree (site_id, last_seen_at DESC);
CREATE INDEX customer_terms ON public.customers_customer USING gin (terms) WITH (gin_pending_list_limit='256');
CREATE INDEX customers_customername_customer_id_945f1eb7 ON public.customers_customername USING btree (customer_id);
CREATE INDEX customers_customerphone_customer_id_f2850eb1 ON public.customers_customerphone USING btree (customer_id);
CREATE INDEX customers_merge_into_id_862821c7 ON public.customers_merge USING btree (into_id);
CREATE INDEX customers_notsameperson_first_id_2fb8d1a3 ON public.customers_notsameperson USING btree (first_id);
CREATE INDEX customers_reveal_customer_id_e1e77220 ON public.customers_reveal USING btree (customer_id);
CREATE INDEX delivery_due ON public.notices_delivery USING btree (next_try_at) WHERE ((state)::text = ANY (ARRAY[('queued'::character varying)::text, ('failed'::character varying)::text]));
CREATE INDEX delivery_recent ON public.notices_delivery USING btree (site_id, made_at DESC);
CREATE INDEX desk_answer_grams ON public.desk_answerentry USING gin (grams);
CREATE INDEX desk_answer_of_subject ON public.desk_answerentry USING btree (site_id, subject);
CREATE INDEX desk_answer_order ON public.desk_answerversion USING btree (site_id, seq);
CREATE INDEX desk_answer_use ON public.desk_answeruse USING btree (entry_id, seq DESC);
CREATE INDEX desk_answer_use_order ON public.desk_answeruse USING btree (site_id, seq);
CREATE INDEX desk_answer_used_most ON public.desk_answerentry USING btree (site_id, used DESC, number);
CREATE INDEX desk_answeruse_matter_id_6544a657 ON public.desk_answeruse USING btree (matter_id);
CREATE INDEX desk_answerversion_grown_from_id_6770b99d ON public.desk_answerversion USING btree (grown_from_id);
CREATE INDEX desk_call_asked ON public.desk_callanswer USING btree (site_id, seq DESC) WHERE asked;
CREATE INDEX desk_call_of_matter ON public.desk_callanswer USING btree (matter_id, seq);
CREATE INDEX desk_call_order ON public.desk_callanswer USING btree (site_id, seq);
CREATE INDEX desk_callbacks ON public.desk_deskmatter USING btree (site_id, callback_due_at) WHERE ((callback)::text = 'due'::text);
CREATE INDEX desk_cash_day_order ON public.desk_cashday USING btree (site_id, seq);
CREATE INDEX desk_cash_handovers ON public.desk_cashhandover USING btree (site_id, seq);
CREATE INDEX desk_cause_of_matter ON public.desk_complaintcause USING btree (matter_id, seq);
CREATE INDEX desk_cause_order ON public.desk_complaintcause USING btree (site_id, seq);
CREATE INDEX desk_code_of_quote ON public.desk_quotecode USING btree (quote_id, seq);
CREATE INDEX desk_code_order ON public.desk_quotecode USING btree (site_id, seq);
CREATE INDEX desk_completion_order ON public.desk_completion USING btree (site_id, seq);
CREATE INDEX desk_deskevent_office_id_0bbd511c ON public.desk_deskevent USING btree (office_id);
CREATE INDEX desk_deskmatter_linked_id_5afac366 ON public.desk_deskmatter USING btree (linked_id);
CREATE INDEX desk_event_calls ON public.desk_deskevent USING btree (site_id, seq DESC) WHERE ((event)::text = 'call'::text);
CREATE INDEX desk_event_order ON public.desk_deskevent USING btree (site_id, seq);
CREATE INDEX desk_home_building_id_786e8529 ON public.desk_home USING btree (building_id);
CREATE INDEX desk_move_order ON public.desk_stockmove USING btree (site_id, seq);
CREATE INDEX desk_moved ON public.desk_deskmatter USING btree (site_id, moved_at);
CREATE INDEX desk_moves_of_item ON public.desk_stockmove USING btree (item_id, seq DESC);
CREATE INDEX desk_moves_of_matter ON public.desk_stockmove USING btree (matter_id, seq);
CREATE INDEX desk_note_of_matter ON public.desk_desknote USING btree (matter_id, seq);
CREATE INDEX desk_note_order ON public.desk_desknote USING btree (site_id, seq);
CREATE INDEX desk_of_home ON public.desk_deskmatter USING btree (site_id, home, subject, seq);
CREATE INDEX desk_of_house ON public.desk_deskmatter USING btree (home_id);
CREATE INDEX desk_payment_order ON public.desk_payment USING btree (site_id, seq);
CREATE INDEX desk_payments_of_day ON public.desk_payment USING btree (site_id, day);
CREATE INDEX desk_payments_of_matter ON public.desk_payment USING btree (matter_id, seq);
CREATE INDEX desk_quote_answers ON public.desk_quoteanswer USING btree (site_id, seq);
CREATE INDEX desk_quote_order ON public.desk_quote USING btree (site_id, seq);
CREATE INDEX desk_quote_prices_id_2acd978f ON public.desk_quote USING btree (prices_id);
CREATE INDEX desk_recorded ON public.desk_deskmatter USING btree (site_id, seq);
CREATE INDEX desk_reduction_order ON public.desk_reduction USING btree (site_id, seq);
CREATE INDEX desk_stock_order ON public.desk_stockitem USING btree (site_id, seq);
CREATE INDEX desk_tenancy_home_id_17c0c1a1 ON public.desk_tenancy USING btree (home_id);
CREATE INDEX dispute_of_customer ON public.floor_dispute USING btree (site_id, customer_id);
CREATE INDEX django_session_expire_date_a5c62663 ON public.django_session USING btree (expire_date);
CREATE INDEX django_session_session_key_c0390e0f_like ON public.django_session USING btree (session_key varchar_pattern_ops);
CREATE INDEX drill_due ON public.duty_incident USING btree (next_at) WHERE (next_at IS NOT NULL);
CREATE INDEX duty_asset_mark_154a1611_like ON public.duty_asset USING btree (mark varchar_pattern_ops);
CREATE INDEX duty_dutyal_site_id_d413c0_idx ON public.duty_dutyalert USING btree (site_id, seq);
CREATE INDEX duty_dutyev_site_id_f480d2_idx ON public.duty_dutyevent USING btree (site_id, seq);
CREATE INDEX duty_faultreport_asset_id_827d0a85 ON public.duty_faultreport USING btree (asset_id);
CREATE INDEX duty_incide_inciden_041009_idx ON public.duty_incidentcopy USING btree (incident_id);
CREATE INDEX duty_incide_site_id_566884_idx ON public.duty_incidentnote USING btree (site_id, seq);
CREATE INDEX duty_leave_by_day ON public.duty_leave USING btree (site_id, last);
CREATE INDEX duty_linede_site_id_82e3e4_idx ON public.duty_linedetail USING btree (site_id, seq);
CREATE INDEX duty_linedetail_asset_id_07e9a75a ON public.duty_linedetail USING btree (asset_id);
CREATE INDEX duty_log_due ON public.duty_dutylog USING btree (next_at) WHERE (next_at IS NOT NULL);
CREATE INDEX duty_log_trouble ON public.duty_dutylog USING btree (day, site_id) WHERE (NOT ((trouble = '[]'::jsonb) AND (trouble IS NOT NULL)));
CREATE INDEX duty_matchconfirmation_matching_id_a4ccff6c ON public.duty_matchconfirmation USING btree (matching_id);
CREATE INDEX duty_matchsettlement_matching_id_45d11571 ON public.duty_matchsettlement USING btree (matching_id);
CREATE INDEX duty_postru_site_id_fe54c2_idx ON public.duty_postrule USING btree (site_id);
CREATE INDEX duty_swap_by_time ON public.duty_shiftswap USING btree (site_id, asked_at);
CREATE INDEX duty_visitmatching_sheet_id_727b1368 ON public.duty_visitmatching USING btree (sheet_id);
CREATE INDEX duty_visits_site_id_59e60e_idx ON public.duty_visitsheet USING btree (site_id, of_day);
CREATE INDEX faults_of_site ON public.duty_faultreport USING btree (site_id, made_at DESC);
CREATE INDEX faults_waiting ON public.duty_faultreport USING btree (site_id, made_at) WHERE ((state)::text = 'waiting'::text);
CREATE INDEX file_by_digest ON public.files_storedfile USING btree (site_id, sha256) WHERE ((attached_at IS NOT NULL) AND (gone_at IS NULL));
CREATE INDEX file_kept ON public.files_storedfile USING btree (owner, attached_at) WHERE ((attached_at IS NOT NULL) AND (gone_at IS NULL));
CREATE INDEX file_loose ON public.files_storedfile USING btree (taken_at) WHERE ((attached_at IS NULL) AND (gone_at IS NULL));
CREATE INDEX file_of_customer ON public.files_storedfile USING btree (customer_id) WHERE (customer_id IS NOT NULL);
CREATE INDEX file_of_thing ON public.files_storedfile USING btree (site_id, owner, about_id);
CREATE INDEX file_to_wipe ON public.files_storedfile USING btree (gone_at) WHERE ((gone_at IS NOT NULL) AND (wiped_at IS NULL));
CREATE INDEX files_storedfile_name_13cd16d2_like ON public.files_storedfile USING btree (name varchar_pattern_ops);
CREATE INDEX floor_casecopy_dispute_id_89ce144d ON public.floor_casecopy USING btree (dispute_id);
CREATE INDEX floor_channelregistration_channel_id_03006bef ON public.floor_channelregistration USING btree (channel_id);
CREATE INDEX floor_claim_day_id_bbd59b45 ON public.floor_claim USING btree (day_id);
CREATE INDEX floor_claim_visit_id_a5b0a5af ON public.floor_claim USING btree (visit_id);
CREATE INDEX floor_importrow_of_id_c1ac2173 ON public.importing_importrow USING btree (of_id);
CREATE INDEX floor_needs_visit_id_a3dd832f ON public.floor_needs USING btree (visit_id);
CREATE INDEX floor_nudge_reception_id_5defaaac ON public.floor_nudge USING btree (reception_id);
CREATE INDEX floor_recep_site_id_54a1ed_idx ON public.floor_reception USING btree (site_id, receiver, began_at);
CREATE INDEX floor_reception_visit_id_14f5046d ON public.floor_reception USING btree (visit_id);
CREATE INDEX floor_registerentry_visit_id_8c36e801 ON public.floor_registerentry USING btree (visit_id);
CREATE INDEX floor_reopening_day_id_a81ca701 ON public.floor_reopening USING btree (day_id);
CREATE INDEX floor_ruling_dispute_id_37f1cfe6 ON public.floor_ruling USING btree (dispute_id);
CREATE INDEX floor_statement_dispute_id_ca0b92ee ON public.floor_statement USING btree (dispute_id);
CREATE INDEX floor_step_visit_id_cb9d097e ON public.floor_step USING btree (visit_id);
CREATE INDEX floor_turnd_site_id_2ad477_idx ON public.floor_turndecision USING btree (site_id, day_id, seq);
CREATE INDEX floor_turnd_site_id_82e4b6_idx ON public.floor_turndecision USING btree (site_id, receipt);
CREATE INDEX floor_turnd_site_id_8dfc49_idx ON public.floor_turndecision USING btree (site_id, visit_id);
CREATE INDEX floor_turndecision_day_id_fc773086 ON public.floor_turndecision USING btree (day_id);
CREATE INDEX floor_turndecision_event_id_8512b767 ON public.floor_turndecision USING btree (event_id);
CREATE INDEX floor_turndecision_visit_id_40b3dc96 ON public.floor_turndecision USING btree (visit_id);
CREATE INDEX floor_turne_site_id_2e480f_idx ON public.floor_turnevent USING btree (site_id, visit_id);
CREATE INDEX floor_turnevent_day_id_c82c12d6 ON public.floor_turnevent USING btree (day_id);
CREATE INDEX floor_turnevent_visit_id_296eed81 ON public.floor_turnevent USING btree (visit_id);
CREATE INDEX floor_visit_day_id_0e726c2a ON public.floor_visit USING btree (day_id);
CREATE INDEX floor_visit_site_id_af4c35_idx ON public.floor_visit USING btree (site_id, customer_id);
CREATE INDEX floor_visit_site_id_c93d55_idx ON public.floor_visit USING btree (site_id, arrived_at);
CREATE INDEX floor_wrong_site_id_37d323_idx ON public.floor_wrongcode USING btree (site_id, staff_id, at);
CREATE UNIQUE INDEX handover_done_once ON public.duty_handoversignature USING btree (handover) WHERE completes;
CREATE INDEX handover_notes_of_day ON public.duty_handovernote USING btree (log_id);
CREATE INDEX handover_of_day ON public.duty_handover USING btree (log_id);
CREATE INDEX handover_of_post ON public.duty_handover USING btree (site_id, post_id, at);
CREATE INDEX home_by_room ON public.desk_home USING btree (site_id, room);
CREATE INDEX home_of_import ON public.desk_home USING btree (import_id) WHERE (import_id IS NOT NULL);
CREATE UNIQUE INDEX home_once ON public.desk_home USING btree (site_id, label) WHERE (removed_at IS NULL);
CREATE INDEX import_by_kind ON public.importing_importrun USING btree (site_id, kind, uploaded_at);
CREATE INDEX import_row_by_phone ON public.importing_importrow USING btree (of_id, phone) WHERE (NOT ((phone)::text = ''::text));
CREATE INDEX import_row_by_verdict ON public.importing_importrow USING btree (of_id, verdict, n);
CREATE INDEX import_undone ON public.importing_importrun USING btree (site_id) WHERE (undone_at IS NOT NULL);
CREATE INDEX importing_namedperson_of_id_ffec6337 ON public.importing_namedperson USING btree (of_id);
CREATE INDEX incident_of_site ON public.duty_incident USING btree (site_id, at DESC);
CREATE INDEX incident_under_way ON public.duty_incident USING btree (site_id) WHERE (over_at IS NULL);
CREATE INDEX journal_on_its_way ON public.journal_departure USING btree (made_at) WHERE (left_at IS NULL);
CREATE INDEX journal_receipt ON public.journal_entry USING btree (site_id, receipt);
CREATE INDEX journal_response_age ON public.journal_storedresponse USING btree (at);
CREATE INDEX journal_root_day ON public.journal_dayroot USING btree (site_id, day);
CREATE INDEX matching_at_gallery ON public.duty_visitmatching USING btree (gallery_id, day);
CREATE INDEX matter_clock ON public.matters_matter USING btree (next_clock_at) WHERE (next_clock_at IS NOT NULL);
CREATE INDEX matter_grams ON public.matters_matter USING gin (grams);
CREATE INDEX matter_of_customer ON public.matters_matter USING btree (site_id, customer_id);
CREATE INDEX matter_of_subject ON public.matters_matter USING btree (site_id, subject_id);
CREATE INDEX matter_offered ON public.matters_matter USING btree (site_id, offered_to) WHERE ((closed_at IS NULL) AND (offered_to IS NOT NULL));
CREATE INDEX matter_open_of_holder ON public.matters_matter USING btree (site_id, holder_id) WHERE (closed_at IS NULL);
CREATE INDEX matter_open_of_owner ON public.matters_matter USING btree (site_id, owner_id, due_at) WHERE (closed_at IS NULL);
CREATE INDEX matter_recusals ON public.matters_recusal USING btree (matter_id, staff_id);
CREATE INDEX matter_recusals_of ON public.matters_recusal USING btree (site_id, staff_id);
CREATE INDEX matters_matterlink_matter_id_a58a3a9b ON public.matters_matterlink USING btree (matter_id);
CREATE INDEX matters_matterlink_other_id_da761429 ON public.matters_matterlink USING btree (other_id);
CREATE UNIQUE INDEX merged_once_at_a_time ON public.customers_merge USING btree (source_id) WHERE (undone_at IS NULL);
CREATE INDEX mfa_authenticator_user_id_0c3a50c0 ON public.mfa_authenticator USING btree (user_id);
CREATE INDEX needs_by_time ON public.floor_needs USING btree (site_id, at);
CREATE INDEX needs_of_customer ON public.floor_needs USING btree (site_id, customer_id, seq);
CREATE INDEX needs_of_visit ON public.floor_needs USING btree (site_id, visit_id, seq);
CREATE INDEX note_of_resident ON public.desk_residentnote USING btree (site_id, customer_id);
CREATE INDEX notes_of_handover ON public.duty_handovernote USING btree (site_id, handover);
CREATE INDEX notice_of_person ON public.notices_notice USING btree (site_id, to_id, made_at DESC);
CREATE INDEX notice_unseen ON public.notices_notice USING btree (site_id, to_id) WHERE (seen_at IS NULL);
CREATE INDEX notices_pushdevice_endpoint_eca9d0cb_like ON public.notices_pushdevice USING btree (endpoint varchar_pattern_ops);
CREATE INDEX notices_pushdevice_staff_id_f19c91c4 ON public.notices_pushdevice USING btree (staff_id);
CREATE UNIQUE INDEX one_company ON public.people_company USING btree ((1));
CREATE UNIQUE INDEX one_open_claim_a_visit ON public.floor_claim USING btree (site_id, visit_id) WHERE ((decided_at IS NULL) AND (withdrawn_at IS NULL));
CREATE UNIQUE INDEX one_open_day_a_site ON public.floor_galleryday USING btree (site_id) WHERE (closed_at IS NULL);
CREATE UNIQUE INDEX one_open_swap_of_these_days ON public.duty_shiftswap USING btree (site_id, asked_by_id, with_whom_id, day, other_day) WHERE ((status)::text = ANY (ARRAY[('asked'::character varying)::text, ('agreed'::character varying)::text]));
CREATE UNIQUE INDEX one_roster_feed_a_person ON public.duty_rosterfeed USING btree (site_id, staff_id) WHERE (revoked_at IS NULL);
CREATE INDEX open_offer ON public.people_roleoffer USING btree (staff_id) WHERE (answered_at IS NULL);
CREATE INDEX people_apicalls_token_id_55c88085 ON public.people_apicalls USING btree (token_id);
CREATE INDEX people_apitoken_acts_as_id_538e0c95 ON public.people_apitoken USING btree (acts_as_id);
CREATE INDEX people_apitoken_site_id_fa5184de ON public.people_apitoken USING btree (site_id);
CREATE INDEX people_assi_site_id_d06d3f_idx ON public.people_assignment USING btree (site_id, role);
CREATE INDEX people_assi_staff_i_96ee1b_idx ON public.people_assignment USING btree (staff_id);
CREATE INDEX people_assignment_department_id_8fb31b24 ON public.people_assignment USING btree (department_id);
CREATE INDEX people_assignment_site_id_e2d81cfd ON public.people_assignment USING btree (site_id);
CREATE INDEX people_assignment_staff_id_10562793 ON public.people_assignment USING btree (staff_id);
CREATE INDEX people_dele_site_id_2d9708_idx ON public.people_delegation USING btree (site_id, until);
CREATE INDEX people_delegation_given_by_id_7c83d475 ON public.people_delegation USING btree (given_by_id);
CREATE INDEX people_delegation_given_to_id_f8133006 ON public.people_delegation USING btree (given_to_id);
CREATE INDEX people_delegation_revoked_by_id_6dbd1e59 ON public.people_delegation USING btree (revoked_by_id);
CREATE INDEX people_delegation_site_id_353a6701 ON public.people_delegation USING btree (site_id);
CREATE INDEX people_department_site_id_9428d9bd ON public.people_department USING btree (site_id);
CREATE INDEX people_openinghours_site_id_0b1f57af ON public.people_openinghours USING btree (site_id);
CREATE INDEX people_passwordslips_made_by_id_9cdd0f31 ON public.people_passwordslips USING btree (made_by_id);
CREATE INDEX people_post_site_id_a9f2074c ON public.people_post USING btree (site_id);
CREATE INDEX people_roleoffer_department_id_c150c981 ON public.people_roleoffer USING btree (department_id);
CREATE INDEX people_roleoffer_offered_by_id_c71a72a0 ON public.people_roleoffer USING btree (offered_by_id);
CREATE INDEX people_roleoffer_site_id_a238224e ON public.people_roleoffer USING btree (site_id);
CREATE INDEX people_roleoffer_staff_id_a95856ec ON public.people_roleoffer USING btree (staff_id);
CREATE INDEX people_sharedtablet_added_by_id_ef9ff751 ON public.people_sharedtablet USING btree (added_by_id);
CREATE INDEX people_sharedtablet_retired_by_id_d1db0855 ON public.people_sharedtablet USING btree (retired_by_id);
CREATE INDEX people_sharedtablet_site_id_64950618 ON public.people_sharedtablet USING btree (site_id);
CREATE INDEX people_site_code_dc4f0266_like ON public.people_site USING btree (code varchar_pattern_ops);
CREATE INDEX people_siteholiday_site_id_66c4a29f ON public.people_siteholiday USING btree (site_id);
CREATE INDEX people_staff_account_43d3986e_like ON public.people_staff USING btree (account varchar_pattern_ops);
CREATE INDEX people_staff_phone_65a4eda5_like ON public.people_staff USING btree (phone varchar_pattern_ops);
CREATE UNIQUE INDEX phase_once ON public.desk_phase USING btree (site_id, name) WHERE (removed_at IS NULL);
CREATE INDEX question_to_forget ON public.duty_passedquestion USING btree (at) WHERE ((forget)::text = 'asked'::text);
CREATE INDEX question_under_way ON public.duty_passedquestion USING btree (at) WHERE ((state)::text = ANY (ARRAY[('asked'::character varying)::text, ('passed'::character varying)::text]));
CREATE INDEX receiver_of_whom ON public.customers_receiverofrecord USING btree (site_id, staff_id);
CREATE UNIQUE INDEX receives_one_group_at_a_time ON public.floor_reception USING btree (site_id, receiver) WHERE (ended_at IS NULL);
CREATE INDEX referral_unanswered ON public.duty_visitreferral USING btree (at) WHERE ((state)::text = 'asked'::text);
CREATE INDEX register_by_day ON public.floor_registerentry USING btree (site_id, day, number);
CREATE INDEX register_export_by_time ON public.floor_registerexport USING btree (site_id, at);
CREATE INDEX register_of_customer ON public.floor_registerentry USING btree (site_id, customer_id);
CREATE INDEX register_of_receiver ON public.floor_registerentry USING btree (site_id, signed_by, at);
CREATE INDEX register_of_visit ON public.floor_registerentry USING btree (site_id, visit_id);
CREATE INDEX reopening_of_day ON public.floor_reopening USING btree (site_id, day_id);
CREATE INDEX report_due ON public.duty_reportsending USING btree (next_try_at) WHERE (next_try_at IS NOT NULL);
CREATE INDEX reveal_by_whom ON public.customers_reveal USING btree (site_id, by, at DESC);
CREATE INDEX reveal_recent ON public.customers_reveal USING btree (site_id, at DESC);
CREATE INDEX ring_trials ON public.notices_ringtrial USING btree (site_id, staff_id, tried_at DESC);
CREATE UNIQUE INDEX role_held_once ON public.people_assignment USING btree (site_id, staff_id, role) NULLS NOT DISTINCT WHERE (until IS NULL);
CREATE INDEX ruling_pending ON public.floor_ruling USING btree (site_id) WHERE (applied_at IS NULL);
CREATE UNIQUE INDEX shift_mark_once_a_site ON public.duty_shiftkind USING btree (site_id, mark) WHERE (given_up_at IS NULL);
CREATE INDEX show_visit_of_customer ON public.duty_showvisit USING btree (site_id, customer_id) WHERE (customer_id IS NOT NULL);
CREATE INDEX signatures_of_handover ON public.duty_handoversignature USING btree (site_id, handover);
CREATE UNIQUE INDEX signed_in_once ON public.floor_presence USING btree (site_id, day, staff_id) WHERE (withdrawn_at IS NULL);
CREATE INDEX step_of_visit ON public.floor_step USING btree (site_id, visit_id, seq);
CREATE INDEX tenancy_of_person ON public.desk_tenancy USING btree (site_id, customer_id);
CREATE UNIQUE INDEX tenancy_once_at_a_time ON public.desk_tenancy USING btree (home_id, customer_id, capacity) WHERE ((removed_at IS NULL) AND (until IS NULL));
CREATE UNIQUE INDEX told_once ON public.notices_notice USING btree (site_id, to_id, dedupe) WHERE (NOT ((dedupe)::text = ''::text));
CREATE INDEX tours_breach_copy_order ON public.tours_breachcopy USING btree (site_id, seq);
CREATE INDEX tours_breach_step_order ON public.tours_breachstep USING btree (site_id, seq);
CREATE INDEX tours_breachcopy_breach_id_65642558 ON public.tours_breachcopy USING btree (breach_id);
CREATE INDEX tours_breachstep_breach_id_c0d9ff41 ON public.tours_breachstep USING btree (breach_id);
CREATE INDEX tours_by_day ON public.tours_tourvisit USING btree (site_id, starts_at);
CREATE INDEX tours_by_end ON public.tours_tourvisit USING btree (site_id, ends_at);
CREATE INDEX tours_clashes_open ON public.tours_gateclash USING btree (site_id) WHERE (settled_at IS NULL);
CREATE INDEX tours_clearing_order ON public.tours_visitclearing USING btree (site_id, seq);
CREATE INDEX tours_due ON public.tours_tourvisit USING btree (next_clock_at) WHERE (next_clock_at IS NOT NULL);
CREATE INDEX tours_event_order ON public.tours_tourevent USING btree (site_id, seq);
CREATE INDEX tours_gate_by_device ON public.tours_gateevent USING btree (device_id, at);
CREATE INDEX tours_gate_by_time ON public.tours_gateevent USING btree (site_id, at);
CREATE INDEX tours_gate_by_visit ON public.tours_gateevent USING btree (visit_id, at);
CREATE UNIQUE INDEX tours_gate_once ON public.tours_gate USING btree (site_id, name) WHERE (closed_at IS NULL);
CREATE INDEX tours_gateclash_scan_id_49da1121 ON public.tours_gateclash USING btree (scan_id);
CREATE INDEX tours_gatedevice_gate_id_335ecc9b ON public.tours_gatedevice USING btree (gate_id);
CREATE INDEX tours_gateevent_visitor_pass_id_6f2e78d7 ON public.tours_gateevent USING btree (visitor_pass_id);
CREATE INDEX tours_going_on ON public.tours_tourvisit USING btree (site_id) WHERE (NOT ((status)::text = ANY (ARRAY[('withdrawn'::character varying)::text, ('refused'::character varying)::text, ('lapsed'::character varying)::text, ('over'::character varying)::text])));
CREATE INDEX tours_guest_order ON public.tours_tourguest USING btree (site_id, seq);
CREATE INDEX tours_guestlook_guest_id_ae69835d ON public.tours_guestlook USING btree (guest_id);
CREATE INDEX tours_hosting_order ON public.tours_hostingevent USING btree (site_id, seq);
CREATE UNIQUE INDEX tours_hosting_told_once ON public.tours_hostingevent USING btree (visit_id, mark) WHERE (NOT ((mark)::text = ''::text));
CREATE INDEX tours_look_order ON public.tours_guestlook USING btree (site_id, seq);
CREATE INDEX tours_of_customer ON public.tours_tourvisit USING btree (customer_id) WHERE (customer_id IS NOT NULL);
CREATE INDEX tours_on_site ON public.tours_passplace USING btree (site_id);
CREATE INDEX tours_opened ON public.tours_tourvisit USING btree (site_id, seq);
CREATE INDEX tours_paper_order ON public.tours_passpaper USING btree (site_id, seq);
CREATE INDEX tours_pass_due ON public.tours_visitorpass USING btree (ends_at) WHERE ((alarm < 2) AND ((fate)::text = 'outstanding'::text));
CREATE INDEX tours_pass_out ON public.tours_visitorpass USING btree (site_id, ends_at) WHERE ((fate)::text = 'outstanding'::text);
CREATE INDEX tours_passpaper_revision_id_35da094b ON public.tours_passpaper USING btree (revision_id);
CREATE INDEX tours_passplace_visitor_pass_id_c76f0de7 ON public.tours_passplace USING btree (visitor_pass_id);
CREATE INDEX tours_passprinting_visit_id_3f22583b ON public.tours_passprinting USING btree (visit_id);
CREATE INDEX tours_passprintpart_of_id_09ee8111 ON public.tours_passprintpart USING btree (of_id);
CREATE INDEX tours_printing_newest ON public.tours_passprinting USING btree (site_id, at);
CREATE INDEX tours_printing_now ON public.tours_passprinting USING btree (at) WHERE (finished_at IS NULL);
CREATE INDEX tours_revision_order ON public.tours_passrevision USING btree (site_id, seq);
CREATE INDEX tours_rolls ON public.tours_gateevent USING btree (site_id, number) WHERE ((event)::text = ANY (ARRAY[('roll_start'::character varying)::text, ('roll_end'::character varying)::text]));
CREATE UNIQUE INDEX tours_scan_once ON public.tours_gateevent USING btree (device_id, nonce) WHERE (NOT ((nonce)::text = ''::text));
CREATE INDEX tours_tourevent_office_id_698a2fa5 ON public.tours_tourevent USING btree (office_id);
CREATE INDEX tours_tourguest_instead_id_c616ac4c ON public.tours_tourguest USING btree (instead_id);
CREATE INDEX tours_visitorpass_visit_id_8ee08727 ON public.tours_visitorpass USING btree (visit_id);
CREATE UNIQUE INDEX unique_authenticator_type ON public.mfa_authenticator USING btree (user_id, type) WHERE ((type)::text = ANY (ARRAY[('totp'::character varying)::text, ('recovery_codes'::character varying)::text]));
CREATE UNIQUE INDEX unique_primary_email ON public.account_emailaddress USING btree (user_id, "primary") WHERE "primary";
CREATE UNIQUE INDEX unique_verified_email ON public.account_emailaddress USING btree (email) WHERE verified;
CREATE INDEX usersessions_usersession_session_key_fd35de43_like ON public.usersessions_usersession USING btree (session_key varchar_pattern_ops);
CREATE INDEX usersessions_usersession_user_id_af5e0a6d ON public.usersessions_usersession USING btree (user_id);
CREATE INDEX webhook_due ON public.notices_webhook USING btree (next_try_at) WHERE (ended_at IS NULL);
CREATE TRIGGER approvals_approval_rows BEFORE DELETE OR UPDATE ON public.approvals_approval FOR EACH ROW EXECUTE FUNCTION public.approvals_approval_refuse();

ALTER TABLE public.approvals_approval ENABLE ALWAYS TRIGGER approvals_approval_rows;
CREATE TRIGGER approvals_approval_whole BEFORE TRUNCATE ON public.approvals_approval FOR EACH STATEMENT EXECUTE FUNCTION public.approvals_approval_refuse();

ALTER TABLE public.approvals_approval ENABLE ALWAYS TRIGGER approvals_approval_whole;
CREATE TRIGGER desk_answeruse_rows BEFORE DELETE OR UPDATE ON public.desk_answeruse FOR EACH ROW EXECUTE FUNCTION public.desk_answeruse_refuse();

ALTER TABLE public.desk_answeruse ENABLE ALWAYS TRIGGER desk_answeruse_rows;
CREATE TRIGGER desk_answeruse_whole BEFORE TRUNCATE ON public.desk_answeruse FOR EACH STATEMENT EXECUTE FUNCTION public.desk_answeruse_refuse();

ALTER TABLE public.desk_answeruse ENABLE ALWAYS TRIGGER desk_answeruse_whole;
CREATE TRIGGER desk_answerversion_rows BEFORE DELETE OR UPDATE ON public.desk_answerversion FOR EACH ROW EXECUTE FUNCTION public.desk_answerversion_refuse();

ALTER TABLE public.desk_answerversion ENABLE ALWAYS TRIGGER desk_answerversion_rows;
CREATE TRIGGER desk_answerversion_whole BEFORE TRUNCATE ON public.desk_answerversion FOR EACH STATEMENT EXECUTE FUNCTION public.desk_answerversion_refuse();

ALTER TABLE public.desk_answerversion ENABLE ALWAYS TRIGGER desk_answerversion_whole;
CREATE TRIGGER desk_callanswer_rows BEFORE DELETE OR UPDATE ON public.desk_callanswer FOR EACH ROW EXECUTE FUNCTION public.desk_callanswer_refuse();

ALTER TABLE public.desk_callanswer ENABLE ALWAYS TRIGGER desk_callanswer_rows;
CREATE TRIGGER desk_callanswer_whole BEFORE TRUNCATE ON public.desk_callanswer FOR EACH STATEMENT EXECUTE FUNCTION public.desk_callanswer_refuse();

ALTER TABLE public.desk_callanswer ENABLE ALWAYS TRIGGER desk_callanswer_whole;
CREATE TRIGGER desk_callsheetcopy_rows BEFORE DELETE OR UPDATE ON public.desk_callsheetcopy FOR EACH ROW EXECUTE FUNCTION public.desk_callsheetcopy_refuse();

ALTER TABLE public.desk_callsheetcopy ENABLE ALWAYS TRIGGER desk_callsheetcopy_rows;
CREATE TRIGGER desk_callsheetcopy_whole BEFORE TRUNCATE ON public.desk_callsheetcopy FOR EACH STATEMENT EXECUTE FUNCTION public.desk_callsheetcopy_refuse();

ALTER TABLE public.desk_callsheetcopy ENABLE ALWAYS TRIGGER desk_callsheetcopy_whole;
CREATE TRIGGER desk_cashday_rows BEFORE DELETE OR UPDATE ON public.desk_cashday FOR EACH ROW EXECUTE FUNCTION public.desk_cashday_refuse();

ALTER TABLE public.desk_cashday ENABLE ALWAYS TRIGGER desk_cashday_rows;
CREATE TRIGGER desk_cashday_whole BEFORE TRUNCATE ON public.desk_cashday FOR EACH STATEMENT EXECUTE FUNCTION public.desk_cashday_refuse();

ALTER TABLE public.desk_cashday ENABLE ALWAYS TRIGGER desk_cashday_whole;
CREATE TRIGGER desk_cashhandover_rows BEFORE DELETE OR UPDATE ON public.desk_cashhandover FOR EACH ROW EXECUTE FUNCTION public.desk_cashhandover_refuse();

ALTER TABLE public.desk_cashhandover ENABLE ALWAYS TRIGGER desk_cashhandover_rows;
CREATE TRIGGER desk_cashhandover_whole BEFORE TRUNCATE ON public.desk_cashhandover FOR EACH STATEMENT EXECUTE FUNCTION public.desk_cashhandover_refuse();

ALTER TABLE public.desk_cashhandover ENABLE ALWAYS TRIGGER desk_cashhandover_whole;
CREATE TRIGGER desk_complaintcause_rows BEFORE DELETE OR UPDATE ON public.desk_complaintcause FOR EACH ROW EXECUTE FUNCTION public.desk_complaintcause_refuse();

ALTER TABLE public.desk_complaintcause ENABLE ALWAYS TRIGGER desk_complaintcause_rows;
CREATE TRIGGER desk_complaintcause_whole BEFORE TRUNCATE ON public.desk_complaintcause FOR EACH STATEMENT EXECUTE FUNCTION public.desk_complaintcause_refuse();

ALTER TABLE public.desk_complaintcause ENABLE ALWAYS TRIGGER desk_complaintcause_whole;
CREATE TRIGGER desk_completion_rows BEFORE DELETE OR UPDATE ON public.desk_completion FOR EACH ROW EXECUTE FUNCTION public.desk_completion_refuse();

ALTER TABLE public.desk_completion ENABLE ALWAYS TRIGGER desk_completion_rows;
CREATE TRIGGER desk_completion_whole BEFORE TRUNCATE ON public.desk_completion FOR EACH STATEMENT EXECUTE FUNCTION public.desk_completion_refuse();

ALTER TABLE public.desk_completion ENABLE ALWAYS TRIGGER desk_completion_whole;
CREATE TRIGGER desk_deskevent_rows BEFORE DELETE OR UPDATE ON public.desk_deskevent FOR EACH ROW EXECUTE FUNCTION public.desk_deskevent_refuse();

ALTER TABLE public.desk_deskevent ENABLE ALWAYS TRIGGER desk_deskevent_rows;
CREATE TRIGGER desk_deskevent_whole BEFORE TRUNCATE ON public.desk_deskevent FOR EACH STATEMENT EXECUTE FUNCTION public.desk_deskevent_refuse();

ALTER TABLE public.desk_deskevent ENABLE ALWAYS TRIGGER desk_deskevent_whole;
CREATE TRIGGER desk_desknote_rows BEFORE DELETE OR UPDATE ON public.desk_desknote FOR EACH ROW EXECUTE FUNCTION public.desk_desknote_refuse();

ALTER TABLE public.desk_desknote ENABLE ALWAYS TRIGGER desk_desknote_rows;
CREATE TRIGGER desk_desknote_whole BEFORE TRUNCATE ON public.desk_desknote FOR EACH STATEMENT EXECUTE FUNCTION public.desk_desknote_refuse();

ALTER TABLE public.desk_desknote ENABLE ALWAYS TRIGGER desk_desknote_whole;
CREATE TRIGGER desk_deskoffice_rows BEFORE DELETE OR UPDATE ON public.desk_deskoffice FOR EACH ROW EXECUTE FUNCTION public.desk_deskoffice_refuse();

ALTER TABLE public.desk_deskoffice ENABLE ALWAYS TRIGGER desk_deskoffice_rows;
CREATE TRIGGER desk_deskoffice_whole BEFORE TRUNCATE ON public.desk_deskoffice FOR EACH STATEMENT EXECUTE FUNCTION public.desk_deskoffice_refuse();

ALTER TABLE public.desk_deskoffice ENABLE ALWAYS TRIGGER desk_deskoffice_whole;
CREATE TRIGGER desk_payment_rows BEFORE DELETE OR UPDATE ON public.desk_payment FOR EACH ROW EXECUTE FUNCTION public.desk_payment_refuse();

ALTER TABLE public.desk_payment ENABLE ALWAYS TRIGGER desk_payment_rows;
CREATE TRIGGER desk_payment_whole BEFORE TRUNCATE ON public.desk_payment FOR EACH STATEMENT EXECUTE FUNCTION public.desk_payment_refuse();

ALTER TABLE public.desk_payment ENABLE ALWAYS TRIGGER desk_payment_whole;
CREATE TRIGGER desk_pricelist_rows BEFORE DELETE OR UPDATE ON public.desk_pricelist FOR EACH ROW EXECUTE FUNCTION public.desk_pricelist_refuse();

ALTER TABLE public.desk_pricelist ENABLE ALWAYS TRIGGER desk_pricelist_rows;
CREATE TRIGGER desk_pricelist_whole BEFORE TRUNCATE ON public.desk_pricelist FOR EACH STATEMENT EXECUTE FUNCTION public.desk_pricelist_refuse();

ALTER TABLE public.desk_pricelist ENABLE ALWAYS TRIGGER desk_pricelist_whole;
CREATE TRIGGER desk_quote_rows BEFORE DELETE OR UPDATE ON public.desk_quote FOR EACH ROW EXECUTE FUNCTION public.desk_quote_refuse();

ALTER TABLE public.desk_quote ENABLE ALWAYS TRIGGER desk_quote_rows;
CREATE TRIGGER desk_quote_whole BEFORE TRUNCATE ON public.desk_quote FOR EACH STATEMENT EXECUTE FUNCTION public.desk_quote_refuse();

ALTER TABLE public.desk_quote ENABLE ALWAYS TRIGGER desk_quote_whole;
CREATE TRIGGER desk_quoteanswer_rows BEFORE DELETE OR UPDATE ON public.desk_quoteanswer FOR EACH ROW EXECUTE FUNCTION public.desk_quoteanswer_refuse();

ALTER TABLE public.desk_quoteanswer ENABLE ALWAYS TRIGGER desk_quoteanswer_rows;
CREATE TRIGGER desk_quoteanswer_whole BEFORE TRUNCATE ON public.desk_quoteanswer FOR EACH STATEMENT EXECUTE FUNCTION public.desk_quoteanswer_refuse();

ALTER TABLE public.desk_quoteanswer ENABLE ALWAYS TRIGGER desk_quoteanswer_whole;
CREATE TRIGGER desk_reduction_rows BEFORE DELETE OR UPDATE ON public.desk_reduction FOR EACH ROW EXECUTE FUNCTION public.desk_reduction_refuse();

ALTER TABLE public.desk_reduction ENABLE ALWAYS TRIGGER desk_reduction_rows;
CREATE TRIGGER desk_reduction_whole BEFORE TRUNCATE ON public.desk_reduction FOR EACH STATEMENT EXECUTE FUNCTION public.desk_reduction_refuse();

ALTER TABLE public.desk_reduction ENABLE ALWAYS TRIGGER desk_reduction_whole;
CREATE TRIGGER desk_registercopy_rows BEFORE DELETE OR UPDATE ON public.desk_registercopy FOR EACH ROW EXECUTE FUNCTION public.desk_registercopy_refuse();

ALTER TABLE public.desk_registercopy ENABLE ALWAYS TRIGGER desk_registercopy_rows;
CREATE TRIGGER desk_registercopy_whole BEFORE TRUNCATE ON public.desk_registercopy FOR EACH STATEMENT EXECUTE FUNCTION public.desk_registercopy_refuse();

ALTER TABLE public.desk_registercopy ENABLE ALWAYS TRIGGER desk_registercopy_whole;
CREATE TRIGGER desk_stockmove_rows BEFORE DELETE OR UPDATE ON public.desk_stockmove FOR EACH ROW EXECUTE FUNCTION public.desk_stockmove_refuse();

ALTER TABLE public.desk_stockmove ENABLE ALWAYS TRIGGER desk_stockmove_rows;
CREATE TRIGGER desk_stockmove_whole BEFORE TRUNCATE ON public.desk_stockmove FOR EACH STATEMENT EXECUTE FUNCTION public.desk_stockmove_refuse();

ALTER TABLE public.desk_stockmove ENABLE ALWAYS TRIGGER desk_stockmove_whole;
CREATE TRIGGER duty_checkanswer_rows BEFORE DELETE OR UPDATE ON public.duty_checkanswer FOR EACH ROW EXECUTE FUNCTION public.duty_checkanswer_refuse();

ALTER TABLE public.duty_checkanswer ENABLE ALWAYS TRIGGER duty_checkanswer_rows;
CREATE TRIGGER duty_checkanswer_whole BEFORE TRUNCATE ON public.duty_checkanswer FOR EACH STATEMENT EXECUTE FUNCTION public.duty_checkanswer_refuse();

ALTER TABLE public.duty_checkanswer ENABLE ALWAYS TRIGGER duty_checkanswer_whole;
CREATE TRIGGER duty_checklist_rows BEFORE DELETE OR UPDATE ON public.duty_checklist FOR EACH ROW EXECUTE FUNCTION public.duty_checklist_refuse();

ALTER TABLE public.duty_checklist ENABLE ALWAYS TRIGGER duty_checklist_rows;
CREATE TRIGGER duty_checklist_whole BEFORE TRUNCATE ON public.duty_checklist FOR EACH STATEMENT EXECUTE FUNCTION public.duty_checklist_refuse();

ALTER TABLE public.duty_checklist ENABLE ALWAYS TRIGGER duty_checklist_whole;
CREATE TRIGGER duty_checkreturn_rows BEFORE DELETE OR UPDATE ON public.duty_checkreturn FOR EACH ROW EXECUTE FUNCTION public.duty_checkreturn_refuse();

ALTER TABLE public.duty_checkreturn ENABLE ALWAYS TRIGGER duty_checkreturn_rows;
CREATE TRIGGER duty_checkreturn_whole BEFORE TRUNCATE ON public.duty_checkreturn FOR EACH STATEMENT EXECUTE FUNCTION public.duty_checkreturn_refuse();

ALTER TABLE public.duty_checkreturn ENABLE ALWAYS TRIGGER duty_checkreturn_whole;
CREATE TRIGGER duty_dutyalert_rows BEFORE DELETE OR UPDATE ON public.duty_dutyalert FOR EACH ROW EXECUTE FUNCTION public.duty_dutyalert_refuse();

ALTER TABLE public.duty_dutyalert ENABLE ALWAYS TRIGGER duty_dutyalert_rows;
CREATE TRIGGER duty_dutyalert_whole BEFORE TRUNCATE ON public.duty_dutyalert FOR EACH STATEMENT EXECUTE FUNCTION public.duty_dutyalert_refuse();

ALTER TABLE public.duty_dutyalert ENABLE ALWAYS TRIGGER duty_dutyalert_whole;
CREATE TRIGGER duty_dutyevent_rows BEFORE DELETE OR UPDATE ON public.duty_dutyevent FOR EACH ROW EXECUTE FUNCTION public.duty_dutyevent_refuse();

ALTER TABLE public.duty_dutyevent ENABLE ALWAYS TRIGGER duty_dutyevent_rows;
CREATE TRIGGER duty_dutyevent_whole BEFORE TRUNCATE ON public.duty_dutyevent FOR EACH STATEMENT EXECUTE FUNCTION public.duty_dutyevent_refuse();

ALTER TABLE public.duty_dutyevent ENABLE ALWAYS TRIGGER duty_dutyevent_whole;
CREATE TRIGGER duty_emergencyprocedure_rows BEFORE DELETE OR UPDATE ON public.duty_emergencyprocedure FOR EACH ROW EXECUTE FUNCTION public.duty_emergencyprocedure_refuse();

ALTER TABLE public.duty_emergencyprocedure ENABLE ALWAYS TRIGGER duty_emergencyprocedure_rows;
CREATE TRIGGER duty_emergencyprocedure_whole BEFORE TRUNCATE ON public.duty_emergencyprocedure FOR EACH STATEMENT EXECUTE FUNCTION public.duty_emergencyprocedure_refuse();

ALTER TABLE public.duty_emergencyprocedure ENABLE ALWAYS TRIGGER duty_emergencyprocedure_whole;
CREATE TRIGGER duty_flatfacts_rows BEFORE DELETE OR UPDATE ON public.duty_flatfacts FOR EACH ROW EXECUTE FUNCTION public.duty_flatfacts_refuse();

ALTER TABLE public.duty_flatfacts ENABLE ALWAYS TRIGGER duty_flatfacts_rows;
CREATE TRIGGER duty_flatfacts_whole BEFORE TRUNCATE ON public.duty_flatfacts FOR EACH STATEMENT EXECUTE FUNCTION public.duty_flatfacts_refuse();

ALTER TABLE public.duty_flatfacts ENABLE ALWAYS TRIGGER duty_flatfacts_whole;
CREATE TRIGGER duty_handover_rows BEFORE DELETE OR UPDATE ON public.duty_handover FOR EACH ROW EXECUTE FUNCTION public.duty_handover_refuse();

ALTER TABLE public.duty_handover ENABLE ALWAYS TRIGGER duty_handover_rows;
CREATE TRIGGER duty_handover_whole BEFORE TRUNCATE ON public.duty_handover FOR EACH STATEMENT EXECUTE FUNCTION public.duty_handover_refuse();

ALTER TABLE public.duty_handover ENABLE ALWAYS TRIGGER duty_handover_whole;
CREATE TRIGGER duty_handovernote_rows BEFORE DELETE OR UPDATE ON public.duty_handovernote FOR EACH ROW EXECUTE FUNCTION public.duty_handovernote_refuse();

ALTER TABLE public.duty_handovernote ENABLE ALWAYS TRIGGER duty_handovernote_rows;
CREATE TRIGGER duty_handovernote_whole BEFORE TRUNCATE ON public.duty_handovernote FOR EACH STATEMENT EXECUTE FUNCTION public.duty_handovernote_refuse();

ALTER TABLE public.duty_handovernote ENABLE ALWAYS TRIGGER duty_handovernote_whole;
CREATE TRIGGER duty_handoversignature_rows BEFORE DELETE OR UPDATE ON public.duty_handoversignature FOR EACH ROW EXECUTE FUNCTION public.duty_handoversignature_refuse();

ALTER TABLE public.duty_handoversignature ENABLE ALWAYS TRIGGER duty_handoversignature_rows;
CREATE TRIGGER duty_handoversignature_whole BEFORE TRUNCATE ON public.duty_handoversignature FOR EACH STATEMENT EXECUTE FUNCTION public.duty_handoversignature_refuse();

ALTER TABLE public.duty_handoversignature ENABLE ALWAYS TRIGGER duty_handoversignature_whole;
CREATE TRIGGER duty_incidentnote_rows BEFORE DELETE OR UPDATE ON public.duty_incidentnote FOR EACH ROW EXECUTE FUNCTION public.duty_incidentnote_refuse();

ALTER TABLE public.duty_incidentnote ENABLE ALWAYS TRIGGER duty_incidentnote_rows;
CREATE TRIGGER duty_incidentnote_whole BEFORE TRUNCATE ON public.duty_incidentnote FOR EACH STATEMENT EXECUTE FUNCTION public.duty_incidentnote_refuse();

ALTER TABLE public.duty_incidentnote ENABLE ALWAYS TRIGGER duty_incidentnote_whole;
CREATE TRIGGER duty_linedetail_rows BEFORE DELETE OR UPDATE ON public.duty_linedetail FOR EACH ROW EXECUTE FUNCTION public.duty_linedetail_refuse();

ALTER TABLE public.duty_linedetail ENABLE ALWAYS TRIGGER duty_linedetail_rows;
CREATE TRIGGER duty_linedetail_whole BEFORE TRUNCATE ON public.duty_linedetail FOR EACH STATEMENT EXECUTE FUNCTION public.duty_linedetail_refuse();

ALTER TABLE public.duty_linedetail ENABLE ALWAYS TRIGGER duty_linedetail_whole;
CREATE TRIGGER duty_matchconfirmation_rows BEFORE DELETE OR UPDATE ON public.duty_matchconfirmation FOR EACH ROW EXECUTE FUNCTION public.duty_matchconfirmation_refuse();

ALTER TABLE public.duty_matchconfirmation ENABLE ALWAYS TRIGGER duty_matchconfirmation_rows;
CREATE TRIGGER duty_matchconfirmation_whole BEFORE TRUNCATE ON public.duty_matchconfirmation FOR EACH STATEMENT EXECUTE FUNCTION public.duty_matchconfirmation_refuse();

ALTER TABLE public.duty_matchconfirmation ENABLE ALWAYS TRIGGER duty_matchconfirmation_whole;
CREATE TRIGGER duty_matchsettlement_rows BEFORE DELETE OR UPDATE ON public.duty_matchsettlement FOR EACH ROW EXECUTE FUNCTION public.duty_matchsettlement_refuse();

ALTER TABLE public.duty_matchsettlement ENABLE ALWAYS TRIGGER duty_matchsettlement_rows;
CREATE TRIGGER duty_matchsettlement_whole BEFORE TRUNCATE ON public.duty_matchsettlement FOR EACH STATEMENT EXECUTE FUNCTION public.duty_matchsettlement_refuse();

ALTER TABLE public.duty_matchsettlement ENABLE ALWAYS TRIGGER duty_matchsettlement_whole;
CREATE TRIGGER duty_sharedchecklist_rows BEFORE DELETE OR UPDATE ON public.duty_sharedchecklist FOR EACH ROW EXECUTE FUNCTION public.duty_sharedchecklist_refuse();

ALTER TABLE public.duty_sharedchecklist ENABLE ALWAYS TRIGGER duty_sharedchecklist_rows;
CREATE TRIGGER duty_sharedchecklist_whole BEFORE TRUNCATE ON public.duty_sharedchecklist FOR EACH STATEMENT EXECUTE FUNCTION public.duty_sharedchecklist_refuse();

ALTER TABLE public.duty_sharedchecklist ENABLE ALWAYS TRIGGER duty_sharedchecklist_whole;
CREATE TRIGGER duty_visitmatching_rows BEFORE DELETE OR UPDATE ON public.duty_visitmatching FOR EACH ROW EXECUTE FUNCTION public.duty_visitmatching_refuse();

ALTER TABLE public.duty_visitmatching ENABLE ALWAYS TRIGGER duty_visitmatching_rows;
CREATE TRIGGER duty_visitmatching_whole BEFORE TRUNCATE ON public.duty_visitmatching FOR EACH STATEMENT EXECUTE FUNCTION public.duty_visitmatching_refuse();

ALTER TABLE public.duty_visitmatching ENABLE ALWAYS TRIGGER duty_visitmatching_whole;
CREATE TRIGGER duty_visitsheet_rows BEFORE DELETE OR UPDATE ON public.duty_visitsheet FOR EACH ROW EXECUTE FUNCTION public.sheets_refuse();

ALTER TABLE public.duty_visitsheet ENABLE ALWAYS TRIGGER duty_visitsheet_rows;
CREATE TRIGGER duty_visitsheet_whole BEFORE TRUNCATE ON public.duty_visitsheet FOR EACH STATEMENT EXECUTE FUNCTION public.sheets_refuse();

ALTER TABLE public.duty_visitsheet ENABLE ALWAYS TRIGGER duty_visitsheet_whole;
CREATE TRIGGER duty_visitsheetwords_gone BEFORE DELETE ON public.duty_visitsheetwords FOR EACH ROW EXECUTE FUNCTION public.sheets_refuse();

ALTER TABLE public.duty_visitsheetwords ENABLE ALWAYS TRIGGER duty_visitsheetwords_gone;
CREATE TRIGGER duty_visitsheetwords_rows BEFORE UPDATE ON public.duty_visitsheetwords FOR EACH ROW EXECUTE FUNCTION public.sheets_erase();

ALTER TABLE public.duty_visitsheetwords ENABLE ALWAYS TRIGGER duty_visitsheetwords_rows;
CREATE TRIGGER duty_visitsheetwords_whole BEFORE TRUNCATE ON public.duty_visitsheetwords FOR EACH STATEMENT EXECUTE FUNCTION public.sheets_refuse();

ALTER TABLE public.duty_visitsheetwords ENABLE ALWAYS TRIGGER duty_visitsheetwords_whole;
CREATE TRIGGER files_storedfile_rows BEFORE DELETE OR UPDATE ON public.files_storedfile FOR EACH ROW EXECUTE FUNCTION public.files_refuse();

ALTER TABLE public.files_storedfile ENABLE ALWAYS TRIGGER files_storedfile_rows;
CREATE TRIGGER files_storedfile_whole BEFORE TRUNCATE ON public.files_storedfile FOR EACH STATEMENT EXECUTE FUNCTION public.files_refuse();

ALTER TABLE public.files_storedfile ENABLE ALWAYS TRIGGER files_storedfile_whole;
CREATE TRIGGER floor_nudge_rows BEFORE DELETE OR UPDATE ON public.floor_nudge FOR EACH ROW EXECUTE FUNCTION public.floor_decided_refuse();

ALTER TABLE public.floor_nudge ENABLE ALWAYS TRIGGER floor_nudge_rows;
CREATE TRIGGER floor_nudge_whole BEFORE TRUNCATE ON public.floor_nudge FOR EACH STATEMENT EXECUTE FUNCTION public.floor_decided_refuse();

ALTER TABLE public.floor_nudge ENABLE ALWAYS TRIGGER floor_nudge_whole;
CREATE TRIGGER floor_reopening_rows BEFORE DELETE OR UPDATE ON public.floor_reopening FOR EACH ROW EXECUTE FUNCTION public.floor_decided_refuse();

ALTER TABLE public.floor_reopening ENABLE ALWAYS TRIGGER floor_reopening_rows;
CREATE TRIGGER floor_reopening_whole BEFORE TRUNCATE ON public.floor_reopening FOR EACH STATEMENT EXECUTE FUNCTION public.floor_decided_refuse();

ALTER TABLE public.floor_reopening ENABLE ALWAYS TRIGGER floor_reopening_whole;
CREATE TRIGGER floor_turndecision_rows BEFORE DELETE OR UPDATE ON public.floor_turndecision FOR EACH ROW EXECUTE FUNCTION public.floor_decided_refuse();

ALTER TABLE public.floor_turndecision ENABLE ALWAYS TRIGGER floor_turndecision_rows;
CREATE TRIGGER floor_turndecision_whole BEFORE TRUNCATE ON public.floor_turndecision FOR EACH STATEMENT EXECUTE FUNCTION public.floor_decided_refuse();

ALTER TABLE public.floor_turndecision ENABLE ALWAYS TRIGGER floor_turndecision_whole;
CREATE TRIGGER floor_turnevent_rows BEFORE DELETE OR UPDATE ON public.floor_turnevent FOR EACH ROW EXECUTE FUNCTION public.floor_decided_refuse();

ALTER TABLE public.floor_turnevent ENABLE ALWAYS TRIGGER floor_turnevent_rows;
CREATE TRIGGER floor_turnevent_whole BEFORE TRUNCATE ON public.floor_turnevent FOR EACH STATEMENT EXECUTE FUNCTION public.floor_decided_refuse();

ALTER TABLE public.floor_turnevent ENABLE ALWAYS TRIGGER floor_turnevent_whole;
CREATE TRIGGER floor_undone_rows BEFORE DELETE OR UPDATE ON public.floor_undone FOR EACH ROW EXECUTE FUNCTION public.floor_decided_refuse();

ALTER TABLE public.floor_undone ENABLE ALWAYS TRIGGER floor_undone_rows;
CREATE TRIGGER floor_undone_whole BEFORE TRUNCATE ON public.floor_undone FOR EACH STATEMENT EXECUTE FUNCTION public.floor_decided_refuse();

ALTER TABLE public.floor_undone ENABLE ALWAYS TRIGGER floor_undone_whole;
CREATE TRIGGER journal_checkpoint_rows BEFORE DELETE OR UPDATE ON public.journal_checkpoint FOR EACH ROW EXECUTE FUNCTION public.journal_refuse();

ALTER TABLE public.journal_checkpoint ENABLE ALWAYS TRIGGER journal_checkpoint_rows;
CREATE TRIGGER journal_checkpoint_whole BEFORE TRUNCATE ON public.journal_checkpoint FOR EACH STATEMENT EXECUTE FUNCTION public.journal_refuse();

ALTER TABLE public.journal_checkpoint ENABLE ALWAYS TRIGGER journal_checkpoint_whole;
CREATE TRIGGER journal_dayroot_rows BEFORE DELETE OR UPDATE ON public.journal_dayroot FOR EACH ROW EXECUTE FUNCTION public.journal_refuse();

ALTER TABLE public.journal_dayroot ENABLE ALWAYS TRIGGER journal_dayroot_rows;
CREATE TRIGGER journal_dayroot_whole BEFORE TRUNCATE ON public.journal_dayroot FOR EACH STATEMENT EXECUTE FUNCTION public.journal_refuse();

ALTER TABLE public.journal_dayroot ENABLE ALWAYS TRIGGER journal_dayroot_whole;
CREATE TRIGGER journal_entry_rows BEFORE DELETE OR UPDATE ON public.journal_entry FOR EACH ROW EXECUTE FUNCTION public.journal_refuse();

ALTER TABLE public.journal_entry ENABLE ALWAYS TRIGGER journal_entry_rows;
CREATE TRIGGER journal_entry_whole BEFORE TRUNCATE ON public.journal_entry FOR EACH STATEMENT EXECUTE FUNCTION public.journal_refuse();

ALTER TABLE public.journal_entry ENABLE ALWAYS TRIGGER journal_entry_whole;
CREATE TRIGGER matters_recusal_rows BEFORE DELETE OR UPDATE ON public.matters_recusal FOR EACH ROW EXECUTE FUNCTION public.matters_recusal_refuse();

ALTER TABLE public.matters_recusal ENABLE ALWAYS TRIGGER matters_recusal_rows;
CREATE TRIGGER matters_recusal_whole BEFORE TRUNCATE ON public.matters_recusal FOR EACH STATEMENT EXECUTE FUNCTION public.matters_recusal_refuse();

ALTER TABLE public.matters_recusal ENABLE ALWAYS TRIGGER matters_recusal_whole;
CREATE TRIGGER matters_recusalend_rows BEFORE DELETE OR UPDATE ON public.matters_recusalend FOR EACH ROW EXECUTE FUNCTION public.matters_recusalend_refuse();

ALTER TABLE public.matters_recusalend ENABLE ALWAYS TRIGGER matters_recusalend_rows;
CREATE TRIGGER matters_recusalend_whole BEFORE TRUNCATE ON public.matters_recusalend FOR EACH STATEMENT EXECUTE FUNCTION public.matters_recusalend_refuse();

ALTER TABLE public.matters_recusalend ENABLE ALWAYS TRIGGER matters_recusalend_whole;
CREATE TRIGGER register_entry_rows BEFORE DELETE OR UPDATE ON public.floor_registerentry FOR EACH ROW EXECUTE FUNCTION public.floor_register_refuse();

ALTER TABLE public.floor_registerentry ENABLE ALWAYS TRIGGER register_entry_rows;
CREATE TRIGGER register_entry_whole BEFORE TRUNCATE ON public.floor_registerentry FOR EACH STATEMENT EXECUTE FUNCTION public.floor_register_refuse();

ALTER TABLE public.floor_registerentry ENABLE ALWAYS TRIGGER register_entry_whole;
CREATE TRIGGER register_words_gone BEFORE DELETE ON public.floor_registerwords FOR EACH ROW EXECUTE FUNCTION public.floor_register_refuse();

ALTER TABLE public.floor_registerwords ENABLE ALWAYS TRIGGER register_words_gone;
CREATE TRIGGER register_words_rows BEFORE UPDATE ON public.floor_registerwords FOR EACH ROW EXECUTE FUNCTION public.floor_register_words_erase();

ALTER TABLE public.floor_registerwords ENABLE ALWAYS TRIGGER register_words_rows;
CREATE TRIGGER register_words_whole BEFORE TRUNCATE ON public.floor_registerwords FOR EACH STATEMENT EXECUTE FUNCTION public.floor_register_refuse();

ALTER TABLE public.floor_registerwords ENABLE ALWAYS TRIGGER register_words_whole;
CREATE TRIGGER tours_breachcopy_rows BEFORE DELETE OR UPDATE ON public.tours_breachcopy FOR EACH ROW EXECUTE FUNCTION public.tours_breachcopy_refuse();

ALTER TABLE public.tours_breachcopy ENABLE ALWAYS TRIGGER tours_breachcopy_rows;
CREATE TRIGGER tours_breachcopy_whole BEFORE TRUNCATE ON public.tours_breachcopy FOR EACH STATEMENT EXECUTE FUNCTION public.tours_breachcopy_refuse();

ALTER TABLE public.tours_breachcopy ENABLE ALWAYS TRIGGER tours_breachcopy_whole;
CREATE TRIGGER tours_breachstep_rows BEFORE DELETE OR UPDATE ON public.tours_breachstep FOR EACH ROW EXECUTE FUNCTION public.tours_breachstep_refuse();

ALTER TABLE public.tours_breachstep ENABLE ALWAYS TRIGGER tours_breachstep_rows;
CREATE TRIGGER tours_breachstep_whole BEFORE TRUNCATE ON public.tours_breachstep FOR EACH STATEMENT EXECUTE FUNCTION public.tours_breachstep_refuse();

ALTER TABLE public.tours_breachstep ENABLE ALWAYS TRIGGER tours_breachstep_whole;
CREATE TRIGGER tours_gateevent_rows BEFORE DELETE OR UPDATE ON public.tours_gateevent FOR EACH ROW EXECUTE FUNCTION public.tours_gateevent_refuse();

ALTER TABLE public.tours_gateevent ENABLE ALWAYS TRIGGER tours_gateevent_rows;
CREATE TRIGGER tours_gateevent_whole BEFORE TRUNCATE ON public.tours_gateevent FOR EACH STATEMENT EXECUTE FUNCTION public.tours_gateevent_refuse();

ALTER TABLE public.tours_gateevent ENABLE ALWAYS TRIGGER tours_gateevent_whole;
CREATE TRIGGER tours_guestlook_rows BEFORE DELETE OR UPDATE ON public.tours_guestlook FOR EACH ROW EXECUTE FUNCTION public.tours_guestlook_refuse();

ALTER TABLE public.tours_guestlook ENABLE ALWAYS TRIGGER tours_guestlook_rows;
CREATE TRIGGER tours_guestlook_whole BEFORE TRUNCATE ON public.tours_guestlook FOR EACH STATEMENT EXECUTE FUNCTION public.tours_guestlook_refuse();

ALTER TABLE public.tours_guestlook ENABLE ALWAYS TRIGGER tours_guestlook_whole;
CREATE TRIGGER tours_hostingevent_rows BEFORE DELETE OR UPDATE ON public.tours_hostingevent FOR EACH ROW EXECUTE FUNCTION public.tours_hostingevent_refuse();

ALTER TABLE public.tours_hostingevent ENABLE ALWAYS TRIGGER tours_hostingevent_rows;
CREATE TRIGGER tours_hostingevent_whole BEFORE TRUNCATE ON public.tours_hostingevent FOR EACH STATEMENT EXECUTE FUNCTION public.tours_hostingevent_refuse();

ALTER TABLE public.tours_hostingevent ENABLE ALWAYS TRIGGER tours_hostingevent_whole;
CREATE TRIGGER tours_passpaper_rows BEFORE DELETE OR UPDATE ON public.tours_passpaper FOR EACH ROW EXECUTE FUNCTION public.tours_passpaper_refuse();

ALTER TABLE public.tours_passpaper ENABLE ALWAYS TRIGGER tours_passpaper_rows;
CREATE TRIGGER tours_passpaper_whole BEFORE TRUNCATE ON public.tours_passpaper FOR EACH STATEMENT EXECUTE FUNCTION public.tours_passpaper_refuse();

ALTER TABLE public.tours_passpaper ENABLE ALWAYS TRIGGER tours_passpaper_whole;
CREATE TRIGGER tours_passrevision_rows BEFORE INSERT OR DELETE OR UPDATE ON public.tours_passrevision FOR EACH ROW EXECUTE FUNCTION public.tours_passrevision_refuse();

ALTER TABLE public.tours_passrevision ENABLE ALWAYS TRIGGER tours_passrevision_rows;
CREATE TRIGGER tours_passrevision_whole BEFORE TRUNCATE ON public.tours_passrevision FOR EACH STATEMENT EXECUTE FUNCTION public.tours_passrevision_refuse();

ALTER TABLE public.tours_passrevision ENABLE ALWAYS TRIGGER tours_passrevision_whole;
CREATE TRIGGER tours_tourevent_rows BEFORE DELETE OR UPDATE ON public.tours_tourevent FOR EACH ROW EXECUTE FUNCTION public.tours_tourevent_refuse();

ALTER TABLE public.tours_tourevent ENABLE ALWAYS TRIGGER tours_tourevent_rows;
CREATE TRIGGER tours_tourevent_whole BEFORE TRUNCATE ON public.tours_tourevent FOR EACH STATEMENT EXECUTE FUNCTION public.tours_tourevent_refuse();

ALTER TABLE public.tours_tourevent ENABLE ALWAYS TRIGGER tours_tourevent_whole;
CREATE TRIGGER tours_tourguest_rows BEFORE DELETE OR UPDATE ON public.tours_tourguest FOR EACH ROW EXECUTE FUNCTION public.tours_tourguest_refuse();

ALTER TABLE public.tours_tourguest ENABLE ALWAYS TRIGGER tours_tourguest_rows;
CREATE TRIGGER tours_tourguest_whole BEFORE TRUNCATE ON public.tours_tourguest FOR EACH STATEMENT EXECUTE FUNCTION public.tours_tourguest_refuse();

ALTER TABLE public.tours_tourguest ENABLE ALWAYS TRIGGER tours_tourguest_whole;
CREATE TRIGGER tours_touroffice_rows BEFORE DELETE OR UPDATE ON public.tours_touroffice FOR EACH ROW EXECUTE FUNCTION public.tours_touroffice_refuse();

ALTER TABLE public.tours_touroffice ENABLE ALWAYS TRIGGER tours_touroffice_rows;
CREATE TRIGGER tours_touroffice_whole BEFORE TRUNCATE ON public.tours_touroffice FOR EACH STATEMENT EXECUTE FUNCTION public.tours_touroffice_refuse();

ALTER TABLE public.tours_touroffice ENABLE ALWAYS TRIGGER tours_touroffice_whole;
CREATE TRIGGER tours_visitclearing_rows BEFORE DELETE OR UPDATE ON public.tours_visitclearing FOR EACH ROW EXECUTE FUNCTION public.tours_visitclearing_refuse();

ALTER TABLE public.tours_visitclearing ENABLE ALWAYS TRIGGER tours_visitclearing_rows;
CREATE TRIGGER tours_visitclearing_whole BEFORE TRUNCATE ON public.tours_visitclearing FOR EACH STATEMENT EXECUTE FUNCTION public.tours_visitclearing_refuse();

ALTER TABLE public.tours_visitclearing ENABLE ALWAYS TRIGGER tours_visitclearing_whole;
ALTER TABLE ONLY public.account_emailaddress
    ADD CONSTRAINT account_emailaddress_user_id_2c513194_fk_people_staff_id FOREIGN KEY (user_id) REFERENCES public.people_staff(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.account_emailconfirmation
    ADD CONSTRAINT account_emailconfirm_email_address_id_5b7f8c58_fk_account_e FOREIGN KEY (email_address_id) REFERENCES public.account_emailaddress(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.approvals_approval
    ADD CONSTRAINT approvals_approval_site_id_26406f9c_fk_people_site_id FOREIGN KEY (site_id) REFERENCES public.people_site(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.auth_group_permissions
    ADD CONSTRAINT auth_group_permissio_permission_id_84c5c92e_fk_auth_perm FOREIGN KEY (permission_id) REFERENCES public.auth_permission(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.auth_group_permissions
    ADD CONSTRAINT auth_group_permissions_group_id_b120cbf9_fk_auth_group_id FOREIGN KEY (group_id) REFERENCES public.auth_group(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.auth_permission
    ADD CONSTRAINT auth_permission_content_type_id_2f476e4b_fk_django_co FOREIGN KEY (content_type_id) REFERENCES public.django_content_type(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.axes_accessattemptexpiration
    ADD CONSTRAINT axes_accessattemptex_access_attempt_id_6b73a47a_fk_axes_acce FOREIGN KEY (access_attempt_id) REFERENCES public.axes_accessattempt(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.customers_consent
    ADD CONSTRAINT customers_consent_customer_id_e5c9af2d_fk_customers_customer_id FOREIGN KEY (customer_id) REFERENCES public.customers_customer(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.customers_consent
    ADD CONSTRAINT customers_consent_site_id_7364d0cb_fk_people_site_id FOREIGN KEY (site_id) REFERENCES public.people_site(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.customers_consentwording
    ADD CONSTRAINT customers_consentwording_site_id_a25c9fc2_fk_people_site_id FOREIGN KEY (site_id) REFERENCES public.people_site(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.customers_customer
    ADD CONSTRAINT customers_customer_merged_into_id_2994ddb6_fk_customers FOREIGN KEY (merged_into_id) REFERENCES public.customers_customer(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.customers_customer
    ADD CONSTRAINT customers_customer_site_id_121b2e13_fk_people_site_id FOREIGN KEY (site_id) REFERENCES public.people_site(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.customers_customername
    ADD CONSTRAINT customers_customerna_customer_id_945f1eb7_fk_customers FOREIGN KEY (customer_id) REFERENCES public.customers_customer(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.customers_customername
    ADD CONSTRAINT customers_customername_site_id_447d91ee_fk_people_site_id FOREIGN KEY (site_id) REFERENCES public.people_site(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.customers_customerphone
    ADD CONSTRAINT customers_customerph_customer_id_f2850eb1_fk_customers FOREIGN KEY (customer_id) REFERENCES public.customers_customer(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.customers_customerphone
    ADD CONSTRAINT customers_customerphone_site_id_8faa36d0_fk_people_site_id FOREIGN KEY (site_id) REFERENCES public.people_site(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.customers_merge
    ADD CONSTRAINT customers_merge_into_id_862821c7_fk_customers_customer_id FOREIGN KEY (into_id) REFERENCES public.customers_customer(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.customers_merge
    ADD CONSTRAINT customers_merge_site_id_0dd06f38_fk_people_site_id FOREIGN KEY (site_id) REFERENCES public.people_site(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.customers_merge
    ADD CONSTRAINT customers_merge_source_id_2621dad2_fk_customers_customer_id FOREIGN KEY (source_id) REFERENCES public.customers_customer(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.customers_notsameperson
    ADD CONSTRAINT customers_notsameper_first_id_2fb8d1a3_fk_customers FOREIGN KEY (first_id) REFERENCES public.customers_customer(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.customers_notsameperson
    ADD CONSTRAINT customers_notsameper_second_id_66c9ee71_fk_customers FOREIGN KEY (second_id) REFERENCES public.customers_customer(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.customers_notsameperson
    ADD CONSTRAINT customers_notsameperson_site_id_0e1f0e14_fk_people_site_id FOREIGN KEY (site_id) REFERENCES public.people_site(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.customers_receiverofrecord
    ADD CONSTRAINT customers_receiverof_customer_id_892a6619_fk_customers FOREIGN KEY (customer_id) REFERENCES public.customers_customer(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.customers_receiverofrecord
    ADD CONSTRAINT customers_receiverofrecord_site_id_7eb37ade_fk_people_site_id FOREIGN KEY (site_id) REFERENCES public.people_site(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.customers_reveal
    ADD CONSTRAINT customers_reveal_customer_id_e1e77220_fk_customers_customer_id FOREIGN KEY (customer_id) REFERENCES public.customers_customer(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.customers_reveal
    ADD CONSTRAINT customers_reveal_phone_id_25965670_fk_customers FOREIGN KEY (phone_id) REFERENCES public.customers_customerphone(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.customers_reveal
    ADD CONSTRAINT customers_reveal_site_id_cf666f40_fk_people_site_id FOREIGN KEY (site_id) REFERENCES public.people_site(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.desk_answerentry
    ADD CONSTRAINT desk_answerentry_site_id_fdc231c2_fk_people_site_id FOREIGN KEY (site_id) REFERENCES public.people_site(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.desk_answeruse
    ADD CONSTRAINT desk_answeruse_entry_id_1e41c907_fk_desk_answerentry_id FOREIGN KEY (entry_id) REFERENCES public.desk_answerentry(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.desk_answeruse
    ADD CONSTRAINT desk_answeruse_matter_id_6544a657_fk_desk_deskmatter_id FOREIGN KEY (matter_id) REFERENCES public.desk_deskmatter(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.desk_answeruse
    ADD CONSTRAINT desk_answeruse_site_id_28b2e5d9_fk_people_site_id FOREIGN KEY (site_id) REFERENCES public.people_site(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.desk_answerversion
    ADD CONSTRAINT desk_answerversion_entry_id_385a119b_fk_desk_answerentry_id FOREIGN KEY (entry_id) REFERENCES public.desk_answerentry(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.desk_answerversion
    ADD CONSTRAINT desk_answerversion_grown_from_id_6770b99d_fk_desk_deskmatter_id FOREIGN KEY (grown_from_id) REFERENCES public.desk_deskmatter(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.desk_answerversion
    ADD CONSTRAINT desk_answerversion_site_id_97903e73_fk_people_site_id FOREIGN KEY (site_id) REFERENCES public.people_site(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.desk_building
    ADD CONSTRAINT desk_building_phase_id_9d4ab76d_fk_desk_phase_id FOREIGN KEY (phase_id) REFERENCES public.desk_phase(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.desk_building
    ADD CONSTRAINT desk_building_site_id_d8caeffb_fk_people_site_id FOREIGN KEY (site_id) REFERENCES public.people_site(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.desk_callanswer
    ADD CONSTRAINT desk_callanswer_event_id_f027ad98_fk_desk_deskevent_id FOREIGN KEY (event_id) REFERENCES public.desk_deskevent(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.desk_callanswer
    ADD CONSTRAINT desk_callanswer_matter_id_41f799c9_fk_desk_deskmatter_id FOREIGN KEY (matter_id) REFERENCES public.desk_deskmatter(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.desk_callanswer
    ADD CONSTRAINT desk_callanswer_site_id_27c97198_fk_people_site_id FOREIGN KEY (site_id) REFERENCES public.people_site(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.desk_callsheetcopy
    ADD CONSTRAINT desk_callsheetcopy_site_id_ba1604e4_fk_people_site_id FOREIGN KEY (site_id) REFERENCES public.people_site(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.desk_cashday
    ADD CONSTRAINT desk_cashday_site_id_9691fb42_fk_people_site_id FOREIGN KEY (site_id) REFERENCES public.people_site(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.desk_cashhandover
    ADD CONSTRAINT desk_cashhandover_cash_day_id_f747ed7c_fk_desk_cashday_id FOREIGN KEY (cash_day_id) REFERENCES public.desk_cashday(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.desk_cashhandover
    ADD CONSTRAINT desk_cashhandover_site_id_07720afc_fk_people_site_id FOREIGN KEY (site_id) REFERENCES public.people_site(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.desk_complaintcause
    ADD CONSTRAINT desk_complaintcause_matter_id_6923c308_fk_desk_deskmatter_id FOREIGN KEY (matter_id) REFERENCES public.desk_deskmatter(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.desk_complaintcause
    ADD CONSTRAINT desk_complaintcause_site_id_8bfd0544_fk_people_site_id FOREIGN KEY (site_id) REFERENCES public.people_site(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.desk_completion
    ADD CONSTRAINT desk_completion_matter_id_6f432146_fk_desk_deskmatter_id FOREIGN KEY (matter_id) REFERENCES public.desk_deskmatter(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.desk_completion
    ADD CONSTRAINT desk_completion_site_id_f95c13a7_fk_people_site_id FOREIGN KEY (site_id) REFERENCES public.people_site(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.desk_deskevent
    ADD CONSTRAINT desk_deskevent_matter_id_fdfe7e47_fk_desk_deskmatter_id FOREIGN KEY (matter_id) REFERENCES public.desk_deskmatter(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.desk_deskevent
    ADD CONSTRAINT desk_deskevent_office_id_0bbd511c_fk_desk_deskoffice_id FOREIGN KEY (office_id) REFERENCES public.desk_deskoffice(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.desk_deskevent
    ADD CONSTRAINT desk_deskevent_site_id_f090f86e_fk_people_site_id FOREIGN KEY (site_id) REFERENCES public.people_site(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.desk_deskmatter
    ADD CONSTRAINT desk_deskmatter_linked_id_5afac366_fk_desk_deskmatter_id FOREIGN KEY (linked_id) REFERENCES public.desk_deskmatter(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.desk_deskmatter
    ADD CONSTRAINT desk_deskmatter_matter_id_f5ab8a0d_fk_matters_matter_id FOREIGN KEY (matter_id) REFERENCES public.matters_matter(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.desk_deskmatter
    ADD CONSTRAINT desk_deskmatter_site_id_9446355c_fk_people_site_id FOREIGN KEY (site_id) REFERENCES public.people_site(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.desk_desknote
    ADD CONSTRAINT desk_desknote_matter_id_f18595f0_fk_desk_deskmatter_id FOREIGN KEY (matter_id) REFERENCES public.desk_deskmatter(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.desk_desknote
    ADD CONSTRAINT desk_desknote_site_id_63de644e_fk_people_site_id FOREIGN KEY (site_id) REFERENCES public.people_site(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.desk_deskoffice
    ADD CONSTRAINT desk_deskoffice_site_id_c4e1f2bf_fk_people_site_id FOREIGN KEY (site_id) REFERENCES public.people_site(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.desk_home
    ADD CONSTRAINT desk_home_building_id_786e8529_fk_desk_building_id FOREIGN KEY (building_id) REFERENCES public.desk_building(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.desk_home
    ADD CONSTRAINT desk_home_site_id_2446d393_fk_people_site_id FOREIGN KEY (site_id) REFERENCES public.people_site(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.desk_payment
    ADD CONSTRAINT desk_payment_corrects_id_f5b855f0_fk_desk_payment_id FOREIGN KEY (corrects_id) REFERENCES public.desk_payment(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.desk_payment
    ADD CONSTRAINT desk_payment_matter_id_de1ffa0b_fk_desk_deskmatter_id FOREIGN KEY (matter_id) REFERENCES public.desk_deskmatter(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.desk_payment
    ADD CONSTRAINT desk_payment_reduction_id_4f28368c_fk_desk_reduction_id FOREIGN KEY (reduction_id) REFERENCES public.desk_reduction(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.desk_payment
    ADD CONSTRAINT desk_payment_site_id_981f6ee6_fk_people_site_id FOREIGN KEY (site_id) REFERENCES public.people_site(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.desk_phase
    ADD CONSTRAINT desk_phase_site_id_ae7effe5_fk_people_site_id FOREIGN KEY (site_id) REFERENCES public.people_site(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.desk_pricelist
    ADD CONSTRAINT desk_pricelist_site_id_5241d8ef_fk_people_site_id FOREIGN KEY (site_id) REFERENCES public.people_site(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.desk_quote
    ADD CONSTRAINT desk_quote_matter_id_03a0c7f5_fk_desk_deskmatter_id FOREIGN KEY (matter_id) REFERENCES public.desk_deskmatter(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.desk_quote
    ADD CONSTRAINT desk_quote_prices_id_2acd978f_fk_desk_pricelist_id FOREIGN KEY (prices_id) REFERENCES public.desk_pricelist(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.desk_quote
    ADD CONSTRAINT desk_quote_site_id_b4118a96_fk_people_site_id FOREIGN KEY (site_id) REFERENCES public.people_site(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.desk_quoteanswer
    ADD CONSTRAINT desk_quoteanswer_quote_id_6fa816f0_fk_desk_quote_id FOREIGN KEY (quote_id) REFERENCES public.desk_quote(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.desk_quoteanswer
    ADD CONSTRAINT desk_quoteanswer_site_id_595a1fcb_fk_people_site_id FOREIGN KEY (site_id) REFERENCES public.people_site(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.desk_quotecode
    ADD CONSTRAINT desk_quotecode_quote_id_f3874230_fk_desk_quote_id FOREIGN KEY (quote_id) REFERENCES public.desk_quote(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.desk_quotecode
    ADD CONSTRAINT desk_quotecode_site_id_891dca5d_fk_people_site_id FOREIGN KEY (site_id) REFERENCES public.people_site(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.desk_reduction
    ADD CONSTRAINT desk_reduction_matter_id_a2796654_fk_desk_deskmatter_id FOREIGN KEY (matter_id) REFERENCES public.desk_deskmatter(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.desk_reduction
    ADD CONSTRAINT desk_reduction_site_id_c4858546_fk_people_site_id FOREIGN KEY (site_id) REFERENCES public.people_site(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.desk_registercopy
    ADD CONSTRAINT desk_registercopy_site_id_b214aba4_fk_people_site_id FOREIGN KEY (site_id) REFERENCES public.people_site(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.desk_residentnote
    ADD CONSTRAINT desk_residentnote_site_id_bb34fff1_fk_people_site_id FOREIGN KEY (site_id) REFERENCES public.people_site(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.desk_stockitem
    ADD CONSTRAINT desk_stockitem_site_id_0c6a964a_fk_people_site_id FOREIGN KEY (site_id) REFERENCES public.people_site(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.desk_stockmove
    ADD CONSTRAINT desk_stockmove_item_id_f4c9db51_fk_desk_stockitem_id FOREIGN KEY (item_id) REFERENCES public.desk_stockitem(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.desk_stockmove
    ADD CONSTRAINT desk_stockmove_matter_id_dcdb1b28_fk_desk_deskmatter_id FOREIGN KEY (matter_id) REFERENCES public.desk_deskmatter(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.desk_stockmove
    ADD CONSTRAINT desk_stockmove_site_id_b6c07682_fk_people_site_id FOREIGN KEY (site_id) REFERENCES public.people_site(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.desk_tenancy
    ADD CONSTRAINT desk_tenancy_home_id_17c0c1a1_fk_desk_home_id FOREIGN KEY (home_id) REFERENCES public.desk_home(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.desk_tenancy
    ADD CONSTRAINT desk_tenancy_site_id_082b406b_fk_people_site_id FOREIGN KEY (site_id) REFERENCES public.people_site(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.duty_asset
    ADD CONSTRAINT duty_asset_post_id_708a781e_fk_people_post_id FOREIGN KEY (post_id) REFERENCES public.people_post(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.duty_asset
    ADD CONSTRAINT duty_asset_site_id_c159f9ac_fk_people_site_id FOREIGN KEY (site_id) REFERENCES public.people_site(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.duty_checkanswer
    ADD CONSTRAINT duty_checkanswer_event_id_65dabb6b_fk_duty_dutyevent_id FOREIGN KEY (event_id) REFERENCES public.duty_dutyevent(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.duty_checkanswer
    ADD CONSTRAINT duty_checkanswer_log_id_703396ed_fk_duty_dutylog_id FOREIGN KEY (log_id) REFERENCES public.duty_dutylog(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.duty_checkanswer
    ADD CONSTRAINT duty_checkanswer_sent_back_id_de18bb25_fk_duty_checkreturn_id FOREIGN KEY (sent_back_id) REFERENCES public.duty_checkreturn(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.duty_checkanswer
    ADD CONSTRAINT duty_checkanswer_site_id_dfaf08fb_fk_people_site_id FOREIGN KEY (site_id) REFERENCES public.people_site(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.duty_checkdraft
    ADD CONSTRAINT duty_checkdraft_site_id_e1f1215d_fk_people_site_id FOREIGN KEY (site_id) REFERENCES public.people_site(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.duty_checklist
    ADD CONSTRAINT duty_checklist_site_id_5d38e5cd_fk_people_site_id FOREIGN KEY (site_id) REFERENCES public.people_site(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.duty_checkreturn
    ADD CONSTRAINT duty_checkreturn_answered_id_f6cbd401_fk_duty_dutyevent_id FOREIGN KEY (answered_id) REFERENCES public.duty_dutyevent(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.duty_checkreturn
    ADD CONSTRAINT duty_checkreturn_log_id_aab423c8_fk_duty_dutylog_id FOREIGN KEY (log_id) REFERENCES public.duty_dutylog(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.duty_checkreturn
    ADD CONSTRAINT duty_checkreturn_site_id_a05445c5_fk_people_site_id FOREIGN KEY (site_id) REFERENCES public.people_site(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.duty_dutyalert
    ADD CONSTRAINT duty_dutyalert_log_id_c46f90bc_fk_duty_dutylog_id FOREIGN KEY (log_id) REFERENCES public.duty_dutylog(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.duty_dutyalert
    ADD CONSTRAINT duty_dutyalert_site_id_969b146e_fk_people_site_id FOREIGN KEY (site_id) REFERENCES public.people_site(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.duty_dutyevent
    ADD CONSTRAINT duty_dutyevent_log_id_9d11b657_fk_duty_dutylog_id FOREIGN KEY (log_id) REFERENCES public.duty_dutylog(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.duty_dutyevent
    ADD CONSTRAINT duty_dutyevent_site_id_e3289918_fk_people_site_id FOREIGN KEY (site_id) REFERENCES public.people_site(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.duty_dutylog
    ADD CONSTRAINT duty_dutylog_site_id_4a352c10_fk_people_site_id FOREIGN KEY (site_id) REFERENCES public.people_site(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.duty_emergencyprocedure
    ADD CONSTRAINT duty_emergencyprocedure_site_id_a7368e50_fk_people_site_id FOREIGN KEY (site_id) REFERENCES public.people_site(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.duty_faultreport
    ADD CONSTRAINT duty_faultreport_asset_id_827d0a85_fk_duty_asset_id FOREIGN KEY (asset_id) REFERENCES public.duty_asset(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.duty_faultreport
    ADD CONSTRAINT duty_faultreport_site_id_80c6eef1_fk_people_site_id FOREIGN KEY (site_id) REFERENCES public.people_site(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.duty_flatfacts
    ADD CONSTRAINT duty_flatfacts_post_id_4c196806_fk_people_post_id FOREIGN KEY (post_id) REFERENCES public.people_post(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.duty_flatfacts
    ADD CONSTRAINT duty_flatfacts_site_id_339e4bba_fk_people_site_id FOREIGN KEY (site_id) REFERENCES public.people_site(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.duty_guestcode
    ADD CONSTRAINT duty_guestcode_post_id_9ab67a9f_fk_people_post_id FOREIGN KEY (post_id) REFERENCES public.people_post(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.duty_guestcode
    ADD CONSTRAINT duty_guestcode_site_id_4958abfd_fk_people_site_id FOREIGN KEY (site_id) REFERENCES public.people_site(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.duty_handover
    ADD CONSTRAINT duty_handover_event_id_d517d3a9_fk_duty_dutyevent_id FOREIGN KEY (event_id) REFERENCES public.duty_dutyevent(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.duty_handover
    ADD CONSTRAINT duty_handover_log_id_7744e2be_fk_duty_dutylog_id FOREIGN KEY (log_id) REFERENCES public.duty_dutylog(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.duty_handover
    ADD CONSTRAINT duty_handover_post_id_76c1344e_fk_people_post_id FOREIGN KEY (post_id) REFERENCES public.people_post(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.duty_handover
    ADD CONSTRAINT duty_handover_site_id_0b430e69_fk_people_site_id FOREIGN KEY (site_id) REFERENCES public.people_site(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.duty_handovernote
    ADD CONSTRAINT duty_handovernote_log_id_96e9ac0f_fk_duty_dutylog_id FOREIGN KEY (log_id) REFERENCES public.duty_dutylog(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.duty_handovernote
    ADD CONSTRAINT duty_handovernote_site_id_c633cf04_fk_people_site_id FOREIGN KEY (site_id) REFERENCES public.people_site(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.duty_handoversignature
    ADD CONSTRAINT duty_handoversignature_event_id_b083112e_fk_duty_dutyevent_id FOREIGN KEY (event_id) REFERENCES public.duty_dutyevent(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.duty_handoversignature
    ADD CONSTRAINT duty_handoversignature_site_id_3c963e0f_fk_people_site_id FOREIGN KEY (site_id) REFERENCES public.people_site(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.duty_incident
    ADD CONSTRAINT duty_incident_post_id_feed097c_fk_people_post_id FOREIGN KEY (post_id) REFERENCES public.people_post(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.duty_incident
    ADD CONSTRAINT duty_incident_site_id_7d193a2e_fk_people_site_id FOREIGN KEY (site_id) REFERENCES public.people_site(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.duty_incidentcopy
    ADD CONSTRAINT duty_incidentcopy_incident_id_38ad3f7a_fk_duty_incident_id FOREIGN KEY (incident_id) REFERENCES public.duty_incident(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.duty_incidentcopy
    ADD CONSTRAINT duty_incidentcopy_site_id_b9e7b262_fk_people_site_id FOREIGN KEY (site_id) REFERENCES public.people_site(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.duty_incidentnote
    ADD CONSTRAINT duty_incidentnote_incident_id_8327d7e4_fk_duty_incident_id FOREIGN KEY (incident_id) REFERENCES public.duty_incident(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.duty_incidentnote
    ADD CONSTRAINT duty_incidentnote_site_id_fe5bf251_fk_people_site_id FOREIGN KEY (site_id) REFERENCES public.people_site(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.duty_leave
    ADD CONSTRAINT duty_leave_site_id_ed85e1da_fk_people_site_id FOREIGN KEY (site_id) REFERENCES public.people_site(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.duty_leave
    ADD CONSTRAINT duty_leave_staff_id_28109ca0_fk_people_staff_id FOREIGN KEY (staff_id) REFERENCES public.people_staff(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.duty_linedetail
    ADD CONSTRAINT duty_linedetail_asset_id_07e9a75a_fk_duty_asset_id FOREIGN KEY (asset_id) REFERENCES public.duty_asset(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.duty_linedetail
    ADD CONSTRAINT duty_linedetail_matter_id_8c002350_fk_matters_matter_id FOREIGN KEY (matter_id) REFERENCES public.matters_matter(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.duty_linedetail
    ADD CONSTRAINT duty_linedetail_site_id_53266587_fk_people_site_id FOREIGN KEY (site_id) REFERENCES public.people_site(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.duty_matchconfirmation
    ADD CONSTRAINT duty_matchconfirmati_matching_id_a4ccff6c_fk_duty_visi FOREIGN KEY (matching_id) REFERENCES public.duty_visitmatching(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.duty_matchconfirmation
    ADD CONSTRAINT duty_matchconfirmation_site_id_22ca1c93_fk_people_site_id FOREIGN KEY (site_id) REFERENCES public.people_site(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.duty_matchsettlement
    ADD CONSTRAINT duty_matchsettlement_matching_id_45d11571_fk_duty_visi FOREIGN KEY (matching_id) REFERENCES public.duty_visitmatching(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.duty_matchsettlement
    ADD CONSTRAINT duty_matchsettlement_site_id_e40b5d46_fk_people_site_id FOREIGN KEY (site_id) REFERENCES public.people_site(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.duty_passedquestion
    ADD CONSTRAINT duty_passedquestion_matter_id_2a90cbb3_fk_matters_matter_id FOREIGN KEY (matter_id) REFERENCES public.matters_matter(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.duty_passedquestion
    ADD CONSTRAINT duty_passedquestion_site_id_516a4de4_fk_people_site_id FOREIGN KEY (site_id) REFERENCES public.people_site(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.duty_postrule
    ADD CONSTRAINT duty_postrule_post_id_b1556aab_fk_people_post_id FOREIGN KEY (post_id) REFERENCES public.people_post(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.duty_postrule
    ADD CONSTRAINT duty_postrule_site_id_e30b624e_fk_people_site_id FOREIGN KEY (site_id) REFERENCES public.people_site(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.duty_reportsending
    ADD CONSTRAINT duty_reportsending_matter_id_cbcad03b_fk_matters_matter_id FOREIGN KEY (matter_id) REFERENCES public.matters_matter(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.duty_reportsending
    ADD CONSTRAINT duty_reportsending_site_id_3383c044_fk_people_site_id FOREIGN KEY (site_id) REFERENCES public.people_site(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.duty_rostercell
    ADD CONSTRAINT duty_rostercell_post_id_980107a4_fk_people_post_id FOREIGN KEY (post_id) REFERENCES public.people_post(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.duty_rostercell
    ADD CONSTRAINT duty_rostercell_published_post_id_6c6a9fb6_fk_people_post_id FOREIGN KEY (published_post_id) REFERENCES public.people_post(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.duty_rostercell
    ADD CONSTRAINT duty_rostercell_published_shift_id_2bf0c0b5_fk_duty_shif FOREIGN KEY (published_shift_id) REFERENCES public.duty_shiftkind(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.duty_rostercell
    ADD CONSTRAINT duty_rostercell_shift_id_dfa25e9e_fk_duty_shiftkind_id FOREIGN KEY (shift_id) REFERENCES public.duty_shiftkind(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.duty_rostercell
    ADD CONSTRAINT duty_rostercell_site_id_75199df5_fk_people_site_id FOREIGN KEY (site_id) REFERENCES public.people_site(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.duty_rostercell
    ADD CONSTRAINT duty_rostercell_staff_id_8cf39040_fk_people_staff_id FOREIGN KEY (staff_id) REFERENCES public.people_staff(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.duty_rosterfeed
    ADD CONSTRAINT duty_rosterfeed_site_id_2986e3f2_fk_people_site_id FOREIGN KEY (site_id) REFERENCES public.people_site(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.duty_rosterfeed
    ADD CONSTRAINT duty_rosterfeed_staff_id_19a21d5b_fk_people_staff_id FOREIGN KEY (staff_id) REFERENCES public.people_staff(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.duty_shiftkind
    ADD CONSTRAINT duty_shiftkind_site_id_6a14dc49_fk_people_site_id FOREIGN KEY (site_id) REFERENCES public.people_site(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.duty_shiftswap
    ADD CONSTRAINT duty_shiftswap_asked_by_id_d70854e3_fk_people_staff_id FOREIGN KEY (asked_by_id) REFERENCES public.people_staff(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.duty_shiftswap
    ADD CONSTRAINT duty_shiftswap_site_id_672e274e_fk_people_site_id FOREIGN KEY (site_id) REFERENCES public.people_site(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.duty_shiftswap
    ADD CONSTRAINT duty_shiftswap_with_whom_id_13e872a3_fk_people_staff_id FOREIGN KEY (with_whom_id) REFERENCES public.people_staff(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.duty_showvisit
    ADD CONSTRAINT duty_showvisit_post_id_d46cac19_fk_people_post_id FOREIGN KEY (post_id) REFERENCES public.people_post(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.duty_showvisit
    ADD CONSTRAINT duty_showvisit_site_id_dc52c530_fk_people_site_id FOREIGN KEY (site_id) REFERENCES public.people_site(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.duty_visitmatching
    ADD CONSTRAINT duty_visitmatching_sheet_id_727b1368_fk_duty_visitsheet_id FOREIGN KEY (sheet_id) REFERENCES public.duty_visitsheet(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.duty_visitmatching
    ADD CONSTRAINT duty_visitmatching_site_id_e1a1c495_fk_people_site_id FOREIGN KEY (site_id) REFERENCES public.people_site(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.duty_visitreferral
    ADD CONSTRAINT duty_visitreferral_site_id_38654750_fk_people_site_id FOREIGN KEY (site_id) REFERENCES public.people_site(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.duty_visitreferral
    ADD CONSTRAINT duty_visitreferral_visit_id_36580b83_fk_duty_showvisit_id FOREIGN KEY (visit_id) REFERENCES public.duty_showvisit(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.duty_visitsheet
    ADD CONSTRAINT duty_visitsheet_corrects_id_2d8df090_fk_duty_visitsheet_id FOREIGN KEY (corrects_id) REFERENCES public.duty_visitsheet(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.duty_visitsheet
    ADD CONSTRAINT duty_visitsheet_site_id_ecc6bba4_fk_people_site_id FOREIGN KEY (site_id) REFERENCES public.people_site(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.duty_visitsheetcopy
    ADD CONSTRAINT duty_visitsheetcopy_site_id_350b7fb2_fk_people_site_id FOREIGN KEY (site_id) REFERENCES public.people_site(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.duty_visitsheetwords
    ADD CONSTRAINT duty_visitsheetwords_entry_id_3fef7c32_fk_duty_visitsheet_id FOREIGN KEY (entry_id) REFERENCES public.duty_visitsheet(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.files_storedfile
    ADD CONSTRAINT files_storedfile_site_id_c1c6d508_fk_people_site_id FOREIGN KEY (site_id) REFERENCES public.people_site(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.floor_call
    ADD CONSTRAINT floor_call_site_id_f5c8cf16_fk_people_site_id FOREIGN KEY (site_id) REFERENCES public.people_site(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.floor_casecopy
    ADD CONSTRAINT floor_casecopy_dispute_id_89ce144d_fk_floor_dispute_id FOREIGN KEY (dispute_id) REFERENCES public.floor_dispute(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.floor_casecopy
    ADD CONSTRAINT floor_casecopy_site_id_ad23b83d_fk_people_site_id FOREIGN KEY (site_id) REFERENCES public.people_site(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.floor_channel
    ADD CONSTRAINT floor_channel_site_id_0140aca4_fk_people_site_id FOREIGN KEY (site_id) REFERENCES public.people_site(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.floor_channelregistration
    ADD CONSTRAINT floor_channelregistr_channel_id_03006bef_fk_floor_cha FOREIGN KEY (channel_id) REFERENCES public.floor_channel(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.floor_channelregistration
    ADD CONSTRAINT floor_channelregistration_site_id_7712c038_fk_people_site_id FOREIGN KEY (site_id) REFERENCES public.people_site(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.floor_claim
    ADD CONSTRAINT floor_claim_day_id_bbd59b45_fk_floor_galleryday_id FOREIGN KEY (day_id) REFERENCES public.floor_galleryday(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.floor_claim
    ADD CONSTRAINT floor_claim_site_id_5ac4631b_fk_people_site_id FOREIGN KEY (site_id) REFERENCES public.people_site(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.floor_claim
    ADD CONSTRAINT floor_claim_visit_id_a5b0a5af_fk_floor_visit_id FOREIGN KEY (visit_id) REFERENCES public.floor_visit(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.floor_dispute
    ADD CONSTRAINT floor_dispute_site_id_cc58b4a6_fk_people_site_id FOREIGN KEY (site_id) REFERENCES public.people_site(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.floor_galleryday
    ADD CONSTRAINT floor_galleryday_site_id_1f460d6a_fk_people_site_id FOREIGN KEY (site_id) REFERENCES public.people_site(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.floor_gallerypolicy
    ADD CONSTRAINT floor_gallerypolicy_site_id_c4e4187b_fk_people_site_id FOREIGN KEY (site_id) REFERENCES public.people_site(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.importing_importfile
    ADD CONSTRAINT floor_importfile_belongs_to_id_ffef0530_fk_floor_reg FOREIGN KEY (belongs_to_id) REFERENCES public.importing_importrun(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.importing_importrow
    ADD CONSTRAINT floor_importrow_of_id_c1ac2173_fk_floor_registerimport_id FOREIGN KEY (of_id) REFERENCES public.importing_importrun(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.floor_needs
    ADD CONSTRAINT floor_needs_site_id_277e2d43_fk_people_site_id FOREIGN KEY (site_id) REFERENCES public.people_site(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.floor_needs
    ADD CONSTRAINT floor_needs_visit_id_a3dd832f_fk_floor_visit_id FOREIGN KEY (visit_id) REFERENCES public.floor_visit(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.floor_nudge
    ADD CONSTRAINT floor_nudge_reception_id_5defaaac_fk_floor_reception_id FOREIGN KEY (reception_id) REFERENCES public.floor_reception(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.floor_nudge
    ADD CONSTRAINT floor_nudge_site_id_2d7b0bc1_fk_people_site_id FOREIGN KEY (site_id) REFERENCES public.people_site(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.floor_presence
    ADD CONSTRAINT floor_presence_site_id_8c463096_fk_people_site_id FOREIGN KEY (site_id) REFERENCES public.people_site(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.floor_queuestate
    ADD CONSTRAINT floor_queuestate_day_id_2fe8721c_fk_floor_galleryday_id FOREIGN KEY (day_id) REFERENCES public.floor_galleryday(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.floor_queuestate
    ADD CONSTRAINT floor_queuestate_site_id_bece3333_fk_people_site_id FOREIGN KEY (site_id) REFERENCES public.people_site(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.floor_reception
    ADD CONSTRAINT floor_reception_decision_id_942c1e54_fk_floor_turndecision_id FOREIGN KEY (decision_id) REFERENCES public.floor_turndecision(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.floor_reception
    ADD CONSTRAINT floor_reception_site_id_d8e3812f_fk_people_site_id FOREIGN KEY (site_id) REFERENCES public.people_site(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.floor_reception
    ADD CONSTRAINT floor_reception_visit_id_14f5046d_fk_floor_visit_id FOREIGN KEY (visit_id) REFERENCES public.floor_visit(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.floor_registerentry
    ADD CONSTRAINT floor_registerentry_corrects_id_8b4c9d43_fk_floor_reg FOREIGN KEY (corrects_id) REFERENCES public.floor_registerentry(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.floor_registerentry
    ADD CONSTRAINT floor_registerentry_site_id_37744c3a_fk_people_site_id FOREIGN KEY (site_id) REFERENCES public.people_site(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.floor_registerentry
    ADD CONSTRAINT floor_registerentry_visit_id_8c36e801_fk_floor_visit_id FOREIGN KEY (visit_id) REFERENCES public.floor_visit(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.floor_registerexport
    ADD CONSTRAINT floor_registerexport_site_id_d9dd2a47_fk_people_site_id FOREIGN KEY (site_id) REFERENCES public.people_site(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.importing_importrun
    ADD CONSTRAINT floor_registerimport_site_id_56310bb2_fk_people_site_id FOREIGN KEY (site_id) REFERENCES public.people_site(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.floor_registerwords
    ADD CONSTRAINT floor_registerwords_entry_id_8a345761_fk_floor_registerentry_id FOREIGN KEY (entry_id) REFERENCES public.floor_registerentry(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.floor_reopening
    ADD CONSTRAINT floor_reopening_day_id_a81ca701_fk_floor_galleryday_id FOREIGN KEY (day_id) REFERENCES public.floor_galleryday(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.floor_reopening
    ADD CONSTRAINT floor_reopening_site_id_7023e7af_fk_people_site_id FOREIGN KEY (site_id) REFERENCES public.people_site(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.floor_ruling
    ADD CONSTRAINT floor_ruling_dispute_id_37f1cfe6_fk_floor_dispute_id FOREIGN KEY (dispute_id) REFERENCES public.floor_dispute(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.floor_ruling
    ADD CONSTRAINT floor_ruling_replaces_id_b730acc7_fk_floor_ruling_id FOREIGN KEY (replaces_id) REFERENCES public.floor_ruling(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.floor_ruling
    ADD CONSTRAINT floor_ruling_site_id_4b959df1_fk_people_site_id FOREIGN KEY (site_id) REFERENCES public.people_site(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.floor_standingorder
    ADD CONSTRAINT floor_standingorder_site_id_8348c3d8_fk_people_site_id FOREIGN KEY (site_id) REFERENCES public.people_site(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.floor_statement
    ADD CONSTRAINT floor_statement_dispute_id_ca0b92ee_fk_floor_dispute_id FOREIGN KEY (dispute_id) REFERENCES public.floor_dispute(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.floor_statement
    ADD CONSTRAINT floor_statement_site_id_7e9184a6_fk_people_site_id FOREIGN KEY (site_id) REFERENCES public.people_site(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.floor_step
    ADD CONSTRAINT floor_step_site_id_8887bb77_fk_people_site_id FOREIGN KEY (site_id) REFERENCES public.people_site(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.floor_step
    ADD CONSTRAINT floor_step_visit_id_cb9d097e_fk_floor_visit_id FOREIGN KEY (visit_id) REFERENCES public.floor_visit(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.floor_turndecision
    ADD CONSTRAINT floor_turndecision_day_id_fc773086_fk_floor_galleryday_id FOREIGN KEY (day_id) REFERENCES public.floor_galleryday(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.floor_turndecision
    ADD CONSTRAINT floor_turndecision_event_id_8512b767_fk_floor_turnevent_id FOREIGN KEY (event_id) REFERENCES public.floor_turnevent(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.floor_turndecision
    ADD CONSTRAINT floor_turndecision_site_id_9a91a9d2_fk_people_site_id FOREIGN KEY (site_id) REFERENCES public.people_site(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.floor_turnevent
    ADD CONSTRAINT floor_turnevent_day_id_c82c12d6_fk_floor_galleryday_id FOREIGN KEY (day_id) REFERENCES public.floor_galleryday(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.floor_turnevent
    ADD CONSTRAINT floor_turnevent_site_id_c6c0de24_fk_people_site_id FOREIGN KEY (site_id) REFERENCES public.people_site(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.floor_undone
    ADD CONSTRAINT floor_undone_event_id_1deee671_fk_floor_turnevent_id FOREIGN KEY (event_id) REFERENCES public.floor_turnevent(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.floor_undone
    ADD CONSTRAINT floor_undone_site_id_93964d37_fk_people_site_id FOREIGN KEY (site_id) REFERENCES public.people_site(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.floor_visit
    ADD CONSTRAINT floor_visit_day_id_0e726c2a_fk_floor_galleryday_id FOREIGN KEY (day_id) REFERENCES public.floor_galleryday(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.floor_visit
    ADD CONSTRAINT floor_visit_site_id_8a939cd1_fk_people_site_id FOREIGN KEY (site_id) REFERENCES public.people_site(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.floor_wrongcode
    ADD CONSTRAINT floor_wrongcode_site_id_4356f679_fk_people_site_id FOREIGN KEY (site_id) REFERENCES public.people_site(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.importing_mappingmemory
    ADD CONSTRAINT importing_mappingmemory_site_id_5af04269_fk_people_site_id FOREIGN KEY (site_id) REFERENCES public.people_site(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.importing_namedperson
    ADD CONSTRAINT importing_namedperson_of_id_ffec6337_fk_importing_importrun_id FOREIGN KEY (of_id) REFERENCES public.importing_importrun(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.matters_matter
    ADD CONSTRAINT matters_matter_site_id_bc960fd5_fk_people_site_id FOREIGN KEY (site_id) REFERENCES public.people_site(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.matters_matterlink
    ADD CONSTRAINT matters_matterlink_matter_id_a58a3a9b_fk_matters_matter_id FOREIGN KEY (matter_id) REFERENCES public.matters_matter(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.matters_matterlink
    ADD CONSTRAINT matters_matterlink_other_id_da761429_fk_matters_matter_id FOREIGN KEY (other_id) REFERENCES public.matters_matter(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.matters_matterlink
    ADD CONSTRAINT matters_matterlink_site_id_7b982c43_fk_people_site_id FOREIGN KEY (site_id) REFERENCES public.people_site(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.matters_matterstep
    ADD CONSTRAINT matters_matterstep_matter_id_0a284958_fk_matters_matter_id FOREIGN KEY (matter_id) REFERENCES public.matters_matter(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.matters_matterstep
    ADD CONSTRAINT matters_matterstep_site_id_8bde8300_fk_people_site_id FOREIGN KEY (site_id) REFERENCES public.people_site(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.matters_recusal
    ADD CONSTRAINT matters_recusal_matter_id_4520d6a3_fk_matters_matter_id FOREIGN KEY (matter_id) REFERENCES public.matters_matter(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.matters_recusal
    ADD CONSTRAINT matters_recusal_site_id_5a860285_fk_people_site_id FOREIGN KEY (site_id) REFERENCES public.people_site(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.matters_recusalend
    ADD CONSTRAINT matters_recusalend_recusal_id_bae6005d_fk_matters_recusal_id FOREIGN KEY (recusal_id) REFERENCES public.matters_recusal(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.matters_recusalend
    ADD CONSTRAINT matters_recusalend_site_id_87146d9c_fk_people_site_id FOREIGN KEY (site_id) REFERENCES public.people_site(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.mfa_authenticator
    ADD CONSTRAINT mfa_authenticator_user_id_0c3a50c0_fk_people_staff_id FOREIGN KEY (user_id) REFERENCES public.people_staff(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.notices_channelchoice
    ADD CONSTRAINT notices_channelchoice_site_id_d52bf682_fk_people_site_id FOREIGN KEY (site_id) REFERENCES public.people_site(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.notices_delivery
    ADD CONSTRAINT notices_delivery_site_id_c83ff8ef_fk_people_site_id FOREIGN KEY (site_id) REFERENCES public.people_site(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.notices_notice
    ADD CONSTRAINT notices_notice_site_id_19ddcdca_fk_people_site_id FOREIGN KEY (site_id) REFERENCES public.people_site(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.notices_ringtrial
    ADD CONSTRAINT notices_ringtrial_site_id_39d79b34_fk_people_site_id FOREIGN KEY (site_id) REFERENCES public.people_site(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.notices_webhook
    ADD CONSTRAINT notices_webhook_site_id_47255738_fk_people_site_id FOREIGN KEY (site_id) REFERENCES public.people_site(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.people_apicalls
    ADD CONSTRAINT people_apicalls_token_id_55c88085_fk_people_apitoken_id FOREIGN KEY (token_id) REFERENCES public.people_apitoken(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.people_apitoken
    ADD CONSTRAINT people_apitoken_acts_as_id_538e0c95_fk_people_staff_id FOREIGN KEY (acts_as_id) REFERENCES public.people_staff(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.people_apitoken
    ADD CONSTRAINT people_apitoken_site_id_fa5184de_fk_people_site_id FOREIGN KEY (site_id) REFERENCES public.people_site(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.people_assignment
    ADD CONSTRAINT people_assignment_department_id_8fb31b24_fk_people_de FOREIGN KEY (department_id) REFERENCES public.people_department(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.people_assignment
    ADD CONSTRAINT people_assignment_site_id_e2d81cfd_fk_people_site_id FOREIGN KEY (site_id) REFERENCES public.people_site(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.people_assignment
    ADD CONSTRAINT people_assignment_staff_id_10562793_fk_people_staff_id FOREIGN KEY (staff_id) REFERENCES public.people_staff(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.people_delegation
    ADD CONSTRAINT people_delegation_given_by_id_7c83d475_fk_people_staff_id FOREIGN KEY (given_by_id) REFERENCES public.people_staff(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.people_delegation
    ADD CONSTRAINT people_delegation_given_to_id_f8133006_fk_people_staff_id FOREIGN KEY (given_to_id) REFERENCES public.people_staff(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.people_delegation
    ADD CONSTRAINT people_delegation_revoked_by_id_6dbd1e59_fk_people_staff_id FOREIGN KEY (revoked_by_id) REFERENCES public.people_staff(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.people_delegation
    ADD CONSTRAINT people_delegation_site_id_353a6701_fk_people_site_id FOREIGN KEY (site_id) REFERENCES public.people_site(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.people_department
    ADD CONSTRAINT people_department_site_id_9428d9bd_fk_people_site_id FOREIGN KEY (site_id) REFERENCES public.people_site(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.people_openinghours
    ADD CONSTRAINT people_openinghours_site_id_0b1f57af_fk_people_site_id FOREIGN KEY (site_id) REFERENCES public.people_site(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.people_passwordslips
    ADD CONSTRAINT people_passwordslips_made_by_id_9cdd0f31_fk_people_staff_id FOREIGN KEY (made_by_id) REFERENCES public.people_staff(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.people_post
    ADD CONSTRAINT people_post_site_id_a9f2074c_fk_people_site_id FOREIGN KEY (site_id) REFERENCES public.people_site(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.people_roleoffer
    ADD CONSTRAINT people_roleoffer_department_id_c150c981_fk_people_department_id FOREIGN KEY (department_id) REFERENCES public.people_department(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.people_roleoffer
    ADD CONSTRAINT people_roleoffer_offered_by_id_c71a72a0_fk_people_staff_id FOREIGN KEY (offered_by_id) REFERENCES public.people_staff(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.people_roleoffer
    ADD CONSTRAINT people_roleoffer_site_id_a238224e_fk_people_site_id FOREIGN KEY (site_id) REFERENCES public.people_site(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.people_roleoffer
    ADD CONSTRAINT people_roleoffer_staff_id_a95856ec_fk_people_staff_id FOREIGN KEY (staff_id) REFERENCES public.people_staff(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.people_sharedtablet
    ADD CONSTRAINT people_sharedtablet_added_by_id_ef9ff751_fk_people_staff_id FOREIGN KEY (added_by_id) REFERENCES public.people_staff(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.people_sharedtablet
    ADD CONSTRAINT people_sharedtablet_retired_by_id_d1db0855_fk_people_staff_id FOREIGN KEY (retired_by_id) REFERENCES public.people_staff(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.people_sharedtablet
    ADD CONSTRAINT people_sharedtablet_site_id_64950618_fk_people_site_id FOREIGN KEY (site_id) REFERENCES public.people_site(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.people_siteholiday
    ADD CONSTRAINT people_siteholiday_site_id_66c4a29f_fk_people_site_id FOREIGN KEY (site_id) REFERENCES public.people_site(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.people_sitepolicy
    ADD CONSTRAINT people_sitepolicy_site_id_46146b0e_fk_people_site_id FOREIGN KEY (site_id) REFERENCES public.people_site(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.reports_daycertificate
    ADD CONSTRAINT reports_daycertificate_site_id_f8bc31bc_fk_people_site_id FOREIGN KEY (site_id) REFERENCES public.people_site(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.tours_breachcopy
    ADD CONSTRAINT tours_breachcopy_breach_id_65642558_fk_tours_gatebreach_id FOREIGN KEY (breach_id) REFERENCES public.tours_gatebreach(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.tours_breachcopy
    ADD CONSTRAINT tours_breachcopy_site_id_3f7968b4_fk_people_site_id FOREIGN KEY (site_id) REFERENCES public.people_site(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.tours_breachstep
    ADD CONSTRAINT tours_breachstep_breach_id_c0d9ff41_fk_tours_gatebreach_id FOREIGN KEY (breach_id) REFERENCES public.tours_gatebreach(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.tours_breachstep
    ADD CONSTRAINT tours_breachstep_site_id_cb68afa3_fk_people_site_id FOREIGN KEY (site_id) REFERENCES public.people_site(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.tours_gate
    ADD CONSTRAINT tours_gate_site_id_dd028453_fk_people_site_id FOREIGN KEY (site_id) REFERENCES public.people_site(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.tours_gatebreach
    ADD CONSTRAINT tours_gatebreach_confirmed_id_f248cf15_fk_tours_gateevent_id FOREIGN KEY (confirmed_id) REFERENCES public.tours_gateevent(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.tours_gatebreach
    ADD CONSTRAINT tours_gatebreach_event_id_2eb154b1_fk_tours_gateevent_id FOREIGN KEY (event_id) REFERENCES public.tours_gateevent(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.tours_gatebreach
    ADD CONSTRAINT tours_gatebreach_site_id_00f2b5c0_fk_people_site_id FOREIGN KEY (site_id) REFERENCES public.people_site(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.tours_gateclash
    ADD CONSTRAINT tours_gateclash_beside_id_111c58da_fk_tours_gateevent_id FOREIGN KEY (beside_id) REFERENCES public.tours_gateevent(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.tours_gateclash
    ADD CONSTRAINT tours_gateclash_merge_id_a70044a4_fk_tours_gateevent_id FOREIGN KEY (merge_id) REFERENCES public.tours_gateevent(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.tours_gateclash
    ADD CONSTRAINT tours_gateclash_scan_id_49da1121_fk_tours_gateevent_id FOREIGN KEY (scan_id) REFERENCES public.tours_gateevent(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.tours_gateclash
    ADD CONSTRAINT tours_gateclash_site_id_41dabaa9_fk_people_site_id FOREIGN KEY (site_id) REFERENCES public.people_site(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.tours_gatedevice
    ADD CONSTRAINT tours_gatedevice_gate_id_335ecc9b_fk_tours_gate_id FOREIGN KEY (gate_id) REFERENCES public.tours_gate(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.tours_gatedevice
    ADD CONSTRAINT tours_gatedevice_site_id_838c7ecf_fk_people_site_id FOREIGN KEY (site_id) REFERENCES public.people_site(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.tours_gateevent
    ADD CONSTRAINT tours_gateevent_device_id_28a2f881_fk_tours_gatedevice_id FOREIGN KEY (device_id) REFERENCES public.tours_gatedevice(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.tours_gateevent
    ADD CONSTRAINT tours_gateevent_site_id_7fd08f97_fk_people_site_id FOREIGN KEY (site_id) REFERENCES public.people_site(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.tours_gateevent
    ADD CONSTRAINT tours_gateevent_visit_id_ec666404_fk_tours_tourvisit_id FOREIGN KEY (visit_id) REFERENCES public.tours_tourvisit(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.tours_gateevent
    ADD CONSTRAINT tours_gateevent_visitor_pass_id_6f2e78d7_fk_tours_vis FOREIGN KEY (visitor_pass_id) REFERENCES public.tours_visitorpass(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.tours_guestlook
    ADD CONSTRAINT tours_guestlook_guest_id_ae69835d_fk_tours_tourguest_id FOREIGN KEY (guest_id) REFERENCES public.tours_tourguest(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.tours_guestlook
    ADD CONSTRAINT tours_guestlook_site_id_ed200eba_fk_people_site_id FOREIGN KEY (site_id) REFERENCES public.people_site(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.tours_hostingevent
    ADD CONSTRAINT tours_hostingevent_site_id_c66d4395_fk_people_site_id FOREIGN KEY (site_id) REFERENCES public.people_site(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.tours_hostingevent
    ADD CONSTRAINT tours_hostingevent_visit_id_7c5987c6_fk_tours_tourvisit_id FOREIGN KEY (visit_id) REFERENCES public.tours_tourvisit(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.tours_passpaper
    ADD CONSTRAINT tours_passpaper_revision_id_35da094b_fk_tours_passrevision_id FOREIGN KEY (revision_id) REFERENCES public.tours_passrevision(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.tours_passpaper
    ADD CONSTRAINT tours_passpaper_site_id_6cfcd9a9_fk_people_site_id FOREIGN KEY (site_id) REFERENCES public.people_site(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.tours_passplace
    ADD CONSTRAINT tours_passplace_site_id_1745a9f4_fk_people_site_id FOREIGN KEY (site_id) REFERENCES public.people_site(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.tours_passplace
    ADD CONSTRAINT tours_passplace_visitor_pass_id_c76f0de7_fk_tours_vis FOREIGN KEY (visitor_pass_id) REFERENCES public.tours_visitorpass(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.tours_passprinting
    ADD CONSTRAINT tours_passprinting_site_id_8295a6f5_fk_people_site_id FOREIGN KEY (site_id) REFERENCES public.people_site(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.tours_passprinting
    ADD CONSTRAINT tours_passprinting_visit_id_3f22583b_fk_tours_tourvisit_id FOREIGN KEY (visit_id) REFERENCES public.tours_tourvisit(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.tours_passprintpart
    ADD CONSTRAINT tours_passprintpart_of_id_09ee8111_fk_tours_passprinting_id FOREIGN KEY (of_id) REFERENCES public.tours_passprinting(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.tours_passrevision
    ADD CONSTRAINT tours_passrevision_site_id_1734e677_fk_people_site_id FOREIGN KEY (site_id) REFERENCES public.people_site(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.tours_passrevision
    ADD CONSTRAINT tours_passrevision_visitor_pass_id_9efc3786_fk_tours_vis FOREIGN KEY (visitor_pass_id) REFERENCES public.tours_visitorpass(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.tours_tourevent
    ADD CONSTRAINT tours_tourevent_office_id_698a2fa5_fk_tours_touroffice_id FOREIGN KEY (office_id) REFERENCES public.tours_touroffice(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.tours_tourevent
    ADD CONSTRAINT tours_tourevent_site_id_f8298b58_fk_people_site_id FOREIGN KEY (site_id) REFERENCES public.people_site(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.tours_tourevent
    ADD CONSTRAINT tours_tourevent_visit_id_e747c76a_fk_tours_tourvisit_id FOREIGN KEY (visit_id) REFERENCES public.tours_tourvisit(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.tours_tourguest
    ADD CONSTRAINT tours_tourguest_instead_id_c616ac4c_fk_tours_tourguest_id FOREIGN KEY (instead_id) REFERENCES public.tours_tourguest(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.tours_tourguest
    ADD CONSTRAINT tours_tourguest_site_id_c0faee6b_fk_people_site_id FOREIGN KEY (site_id) REFERENCES public.people_site(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.tours_tourguest
    ADD CONSTRAINT tours_tourguest_visit_id_827e78b0_fk_tours_tourvisit_id FOREIGN KEY (visit_id) REFERENCES public.tours_tourvisit(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.tours_touroffice
    ADD CONSTRAINT tours_touroffice_site_id_bf76cc3f_fk_people_site_id FOREIGN KEY (site_id) REFERENCES public.people_site(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.tours_tourvisit
    ADD CONSTRAINT tours_tourvisit_site_id_4bd2cdf2_fk_people_site_id FOREIGN KEY (site_id) REFERENCES public.people_site(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.tours_visitclearing
    ADD CONSTRAINT tours_visitclearing_site_id_c529b487_fk_people_site_id FOREIGN KEY (site_id) REFERENCES public.people_site(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.tours_visitorpass
    ADD CONSTRAINT tours_visitorpass_site_id_ae7fac1a_fk_people_site_id FOREIGN KEY (site_id) REFERENCES public.people_site(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.tours_visitorpass
    ADD CONSTRAINT tours_visitorpass_visit_id_8ee08727_fk_tours_tourvisit_id FOREIGN KEY (visit_id) REFERENCES public.tours_tourvisit(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.usersessions_usersession
    ADD CONSTRAINT usersessions_usersession_user_id_af5e0a6d_fk_people_staff_id FOREIGN KEY (user_id) REFERENCES public.people_staff(id) DEFERRABLE INITIALLY DEFERRED;

INSERT INTO public.django_migrations (app, name, applied) VALUES
('account', '0001_initial', now()),
('account', '0002_email_max_length', now()),
('account', '0003_alter_emailaddress_create_unique_verified_email', now()),
('account', '0004_alter_emailaddress_drop_unique_email', now()),
('account', '0005_emailaddress_idx_upper_email', now()),
('account', '0006_emailaddress_lower', now()),
('account', '0007_emailaddress_idx_email', now()),
('account', '0008_emailaddress_unique_primary_email_fixup', now()),
('account', '0009_emailaddress_unique_primary_email', now()),
('approvals', '0001_initial', now()),
('approvals', '0002_asked_in', now()),
('approvals', '0003_decided_is_final', now()),
('auth', '0001_initial', now()),
('auth', '0002_alter_permission_name_max_length', now()),
('auth', '0003_alter_user_email_max_length', now()),
('auth', '0004_alter_user_username_opts', now()),
('auth', '0005_alter_user_last_login_null', now()),
('auth', '0006_require_contenttypes_0002', now()),
('auth', '0007_alter_validators_add_error_messages', now()),
('auth', '0008_alter_user_username_max_length', now()),
('auth', '0009_alter_user_last_name_max_length', now()),
('auth', '0010_alter_group_name_max_length', now()),
('auth', '0011_update_proxy_permissions', now()),
('auth', '0012_alter_user_first_name_max_length', now()),
('axes', '0001_initial', now()),
('axes', '0002_auto_20151217_2044', now()),
('axes', '0003_auto_20160322_0929', now()),
('axes', '0004_auto_20181024_1538', now()),
('axes', '0005_remove_accessattempt_trusted', now()),
('axes', '0006_remove_accesslog_trusted', now()),
('axes', '0007_alter_accessattempt_unique_together', now()),
('axes', '0008_accessfailurelog', now()),
('axes', '0009_add_session_hash', now()),
('axes', '0010_accessattemptexpiration', now()),
('contenttypes', '0001_initial', now()),
('contenttypes', '0002_remove_content_type_name', now()),
('customers', '0001_initial', now()),
('customers', '0002_consent_wording', now()),
('customers', '0003_merge_seq', now()),
('customers', '0004_words_are_committed', now()),
('customers', '0005_terms_version', now()),
('desk', '0001_estate', now()),
('desk', '0002_matters', now()),
('desk', '0003_matters_are_final', now()),
('desk', '0004_register_copies', now()),
('desk', '0005_paid_service', now()),
('desk', '0006_paid_service_is_final', now()),
('desk', '0007_call_backs_and_answers', now()),
('desk', '0008_causes_of_complaints', now()),
('desk', '0009_call_sheet_copies', now()),
('desk', '0010_a_days_difference_is_erased', now()),
('desk', '0011_on_the_way', now()),
('duty', '0001_initial', now()),
('duty', '0002_events_are_final', now()),
('duty', '0003_rosters_asked_of', now()),
('duty', '0004_check_lists', now()),
('duty', '0005_check_answers_are_final', now()),
('duty', '0006_visits_of_show_flats', now()),
('duty', '0007_visits_are_final', now()),
('duty', '0008_incidents', now()),
('duty', '0009_handovers', now()),
('duty', '0010_lines_and_assets', now()),
('duty', '0011_incidents_outside', now()),
('duty', '0012_reports_sent', now()),
('duty', '0013_passed_questions', now()),
('duty', '0014_forgotten_questions', now()),
('duty', '0015_incident_notes_typed', now()),
('duty', '0016_shared_check_lists', now()),
('files', '0001_initial', now()),
('files', '0002_files_are_final', now()),
('files', '0003_what_a_photo_shows', now()),
('files', '0004_by_digest', now()),
('files', '0005_evidence_is_held', now()),
('floor', '0001_initial', now()),
('floor', '0002_register', now()),
('floor', '0003_register_is_final', now()),
('floor', '0004_register_exports', now()),
('floor', '0005_calls_and_channels', now()),
('floor', '0006_disputes', now()),
('floor', '0007_late_entries', now()),
('floor', '0008_register_imports', now()),
('floor', '0009_decided_is_final', now()),
('floor', '0010_known_at_the_door', now()),
('floor', '0011_nudges', now()),
('floor', '0012_reopened_days', now()),
('floor', '0013_words_are_committed', now()),
('floor', '0014_desk_and_reopenings_are_final', now()),
('floor', '0015_skipped_lines', now()),
('floor', '0016_agencies', now()),
('floor', '0017_imports_moved', now()),
('floor', '0018_copies_in_pdf', now()),
('floor', '0019_leave_is_an_approval', now()),
('floor', '0020_case_copies', now()),
('floor', '0021_wrong_codes_moved', now()),
('importing', '0001_from_the_gallery', now()),
('importing', '0002_any_kind', now()),
('importing', '0003_places', now()),
('importing', '0004_sheets_of_people', now()),
('journal', '0001_initial', now()),
('journal', '0002_append_only', now()),
('journal', '0003_guards_always', now()),
('journal', '0004_check_result', now()),
('journal', '0005_checkpoints', now()),
('journal', '0006_last_clean_check', now()),
('matters', '0001_initial', now()),
('matters', '0002_several_clocks', now()),
('matters', '0003_holders_and_words', now()),
('matters', '0004_photos_are_files', now()),
('matters', '0005_recusals', now()),
('mfa', '0001_initial', now()),
('mfa', '0002_authenticator_timestamps', now()),
('mfa', '0003_authenticator_type_uniq', now()),
('notices', '0001_initial', now()),
('notices', '0002_tokens_and_hooks', now()),
('notices', '0003_ringing', now()),
('notices', '0004_listed_by_itself', now()),
('people', '0001_initial', now()),
('people', '0002_tokens_and_hooks', now()),
('people', '0003_role_offers', now()),
('people', '0004_api_calls', now()),
('people', '0005_several_windows_a_day', now()),
('people', '0006_staff_sought', now()),
('people', '0007_site_policies', now()),
('people', '0008_policies_from_a_date', now()),
('people', '0009_sheets_moved', now()),
('people', '0010_wrong_codes', now()),
('reports', '0001_initial', now()),
('reports', '0002_certificate_of_a_closing', now()),
('sessions', '0001_initial', now()),
('tours', '0001_visits', now()),
('tours', '0002_visits_are_final', now()),
('tours', '0003_passes_and_gate', now()),
('tours', '0004_passes_are_guarded', now()),
('tours', '0005_alarms', now()),
('tours', '0006_guests', now()),
('tours', '0007_breaches_are_kept', now()),
('tours', '0008_hosting', now()),
('tours', '0009_clearings', now()),
('tours', '0010_many_passes_are_printed', now()),
('tours', '0011_what_waits_for_whom', now()),
('tours', '0012_a_device_is_one_phone', now()),
('usersessions', '0001_initial', now());
