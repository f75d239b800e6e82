<fieldset id="language" class="languages">
<legend>[[Language]]</legend>
<p class="hint">[[What you typed is kept when you change the language.]]</p>
{{#LANGUAGES}}<button class="quiet" name="go" value="lang-{{CODE}}" formenctype="application/x-www-form-urlencoded" lang="{{CODE}}" dir="{{DIRECTION}}"{{#CURRENT}} aria-current="true"{{/CURRENT}}>{{OWN_NAME}}</button>
{{/LANGUAGES}}
</fieldset>
