"""A form that shows every kind of field; it goes nowhere."""

from django import forms

from yingbin.pages.forms import date_box


class SampleForm(forms.Form):
    """One field of each kind."""

    name = forms.CharField(label="姓名", help_text="按身份证上的写。", max_length=40)
    phone = forms.CharField(
        label="电话", required=False, widget=forms.TextInput(attrs={"type": "tel"})
    )
    role = forms.ChoiceField(
        label="角色", choices=[("salesperson", "置业顾问"), ("receptionist", "接待员")]
    )
    since = forms.DateField(label="从哪天起", required=False, widget=date_box())
    reason = forms.CharField(label="为什么改", required=False, widget=forms.Textarea)
    first = forms.ChoiceField(
        label="您是第一次来访吗？",
        choices=[("yes", "第一次来"), ("no", "以前来过")],
        initial="yes",
        required=False,
    )
    drinks = forms.MultipleChoiceField(
        label="上什么茶水？",
        choices=[("tea", "热茶"), ("water", "温水"), ("coffee", "咖啡")],
        initial=["tea"],
        required=False,
    )
