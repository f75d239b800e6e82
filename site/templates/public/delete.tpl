{{<public/head}}
<h1>[[Do you want us to delete your report?]]</h1>
<p>[[The team will see your wish and answer you here. Sometimes the law says that a report must be kept.]]</p>
<p>[[If the report is deleted, nobody can read it again, and your number stops working.]]</p>
<form method="post" action="{{form_action}}" accept-charset="utf-8" autocomplete="off">
<input type="hidden" name="state" value="{{state}}">
{{#DRAFT_WORDS}}<input type="hidden" name="message" value="{{message}}">{{/DRAFT_WORDS}}
<div class="buttons">
<button name="go" value="refresh">[[No, keep it]]</button>
<button class="second" name="go" value="delete-confirm">[[Yes, ask to delete it]]</button>
</div>
{{<public/form_languages}}
</form>
{{<public/emergency}}
{{<public/foot}}
