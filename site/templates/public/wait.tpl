{{<public/head}}
<h1>[[Please wait a moment]]</h1>
<p>[[Very many people use this site now. Wait {seconds} seconds, then press Try again.]]</p>
{{#KEPT}}<p>[[What you typed is kept on this page. Do not close it.]]</p>{{/KEPT}}
{{#TEXT_ONLY}}<p>[[Files cannot be sent at the moment. Send your words now. You can add files later with your number.]]</p>{{/TEXT_ONLY}}
<form method="post" action="{{action}}" accept-charset="utf-8" autocomplete="off">
{{#FIELDS}}<input type="hidden" name="{{field}}" value="{{value}}">
{{/FIELDS}}
<div class="buttons"><button name="go" value="{{go}}">[[Try again]]</button></div>
</form>
{{<public/emergency}}
{{<public/channels}}
{{<public/foot}}
